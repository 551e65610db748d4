package dev

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestATakenPortIsNamed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	taken := l.Addr().(*net.TCPAddr).Port
	_, err = choosePorts(taken)
	var busy *PortError
	require.ErrorAs(t, err, &busy)
	require.Equal(t, taken, busy.Port)
	require.ErrorContains(t, err, "--port-base")
}

func TestPortBaseHasBounds(t *testing.T) {
	t.Parallel()
	for _, base := range []int{1, 1023, 65536 - PortSpan + 1, 70000} {
		_, err := choosePorts(base)
		require.ErrorContains(t, err, "choose one from 1024 to 65504", "%d", base)
	}
}

func TestAFreeSpanIsFound(t *testing.T) {
	p, err := choosePorts(0)
	require.NoError(t, err)
	require.Zero(t, (int(p)-DefaultPortBase)%PortSpan)
	require.Less(t, portsUsed, PortSpan+1)
	l, err := net.Listen("tcp", p.address(portGateway))
	require.NoError(t, err)
	defer l.Close()
	next, err := choosePorts(0)
	require.NoError(t, err)
	require.Greater(t, int(next), int(p), "the next one makes room")
}
