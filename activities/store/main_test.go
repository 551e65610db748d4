package store_test

import (
	"testing"

	"github.com/weir-run/weir/activities/store/storetest"
)

func TestMain(m *testing.M) {
	kvWriter()
	storetest.Main(m)
}
