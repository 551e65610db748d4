package installation

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"
)

// certificatePeriod is how often the files of a certificate are looked at.
const certificatePeriod = time.Second

// certificate is a TLS certificate in two files, read again when they change. While new ones can't be read (they are
// being written, say), the old one stays.
type certificate struct {
	certFile, keyFile string
	log               *slog.Logger

	mu     sync.Mutex
	looked time.Time
	stamp  string
	loaded *tls.Certificate
}

// openTLS puts TLS on a listener, where the settings name a certificate.
func (i *Installation) openTLS(l net.Listener) (net.Listener, error) {
	s := i.Settings
	if s.TLSCert == "" && s.TLSKey == "" {
		return l, nil
	}
	if s.TLSCert == "" || s.TLSKey == "" {
		return nil, errors.New("TLS: WEIR_TLS_CERT and WEIR_TLS_KEY go together")
	}
	c := &certificate{certFile: s.TLSCert, keyFile: s.TLSKey, log: i.log}
	if err := c.load(); err != nil {
		return nil, fmt.Errorf("TLS: %w", err)
	}
	return tls.NewListener(l, &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.get, NextProtos: []string{"h2", "http/1.1"}}), nil
}

func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) >= certificatePeriod {
		if stamp := c.stamped(); stamp != c.stamp {
			if err := c.load(); err != nil {
				c.log.Warn("the changed TLS certificate can't be used, the old one stays", "error", err)
			} else {
				c.log.Info("TLS certificate changed")
			}
		}
		c.looked = time.Now()
	}
	return c.loaded, nil
}

func (c *certificate) load() error {
	stamp := c.stamped() // before reading: what changes meanwhile is read again
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return err
	}
	c.loaded, c.stamp, c.looked = &pair, stamp, time.Now()
	return nil
}

// stamped tells whether the files are still the same.
func (c *certificate) stamped() string {
	text := ""
	for _, name := range []string{c.certFile, c.keyFile} {
		if info, err := os.Stat(name); err == nil {
			text += fmt.Sprint(info.ModTime().UnixNano(), info.Size(), " ")
		}
	}
	return text
}
