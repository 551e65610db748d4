#!/bin/sh
# Makes the default namespace, where it is missing.
set -eu
temporal operator namespace describe -n default >/dev/null 2>&1 ||
  temporal operator namespace create -n default --retention 30d
