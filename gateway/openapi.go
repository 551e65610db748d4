package gateway

import (
	_ "embed"
	"net/http"
)

// openapiText describes the runs API: TestTheAPIIsAsItsDocumentSays holds every answer against it.
//
//go:embed openapi.yaml
var openapiText []byte

// openapi is GET /api/openapi.yaml. It is the same for everybody, and no secret.
func (s *Server) openapi(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "application/yaml")
	h.Set("X-Content-Type-Options", "nosniff")
	w.Write(openapiText) //nolint:errcheck // the reader left
}
