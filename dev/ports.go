package dev

import (
	"fmt"
	"net"

	"github.com/weir-run/weir/dev/embedded"
)

// The ports of a dev server, counted from its base.
const (
	DefaultPortBase = 7230 // puts Temporal on 7233, where its CLI looks for it
	PortSpan        = 32   // it uses no port at or past base+PortSpan

	portGateway  = 0
	portUI       = 1
	portStandin  = 2
	portTemporal = 3
	portRedis    = 4
	portS3       = 5
	portHTTP     = 6
	portHistory  = 7
	portMatching = 8
	portWorker   = 9
	portsUsed    = 10

	// baseTries is how many neighbouring spans are looked at when nobody asked
	// for a certain one.
	baseTries = 32
)

// PortError says that a port is taken. A base that the user chose is not
// replaced by another one.
type PortError struct {
	Base, Port int
}

func (e *PortError) Error() string {
	return fmt.Sprintf("port %d is taken (of %d to %d): stop what uses it, or choose other ports with --port-base N",
		e.Port, e.Base, e.Base+PortSpan-1)
}

// ports is the base of a span whose ports were free when it was chosen.
type ports int

// choosePorts checks the span that was asked for, or finds a free one if base
// is zero.
func choosePorts(base int) (ports, error) {
	if base != 0 {
		if base < 1024 || base+PortSpan > 65536 {
			return 0, fmt.Errorf("--port-base %d: choose one from 1024 to %d", base, 65536-PortSpan)
		}
		return ports(base), checkPorts(base)
	}
	var err error
	for i := range baseTries {
		base = DefaultPortBase + i*PortSpan
		if err = checkPorts(base); err == nil {
			return ports(base), nil
		}
	}
	return 0, err
}

func checkPorts(base int) error {
	for i := range portsUsed {
		l, err := net.Listen("tcp", fmt.Sprintf("%s:%d", embedded.Loopback, base+i))
		if err != nil {
			return &PortError{Base: base, Port: base + i}
		}
		_ = l.Close()
	}
	return nil
}

func (p ports) of(service int) int { return int(p) + service }

func (p ports) address(service int) string {
	return fmt.Sprintf("%s:%d", embedded.Loopback, p.of(service))
}

func (p ports) url(service int) string { return "http://" + p.address(service) }
