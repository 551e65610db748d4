package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

// parkedPrefix begins the ids of the orders that need an approval.
const parkedPrefix = "p-"

// newOutside is every service that the order flow calls.
func newOutside() *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusOK, "application/json", `{"id":"`+r.PathValue("id")+`","total":129.9,"currency":"EUR","lines":[{"sku":"tent","quantity":1},{"sku":"peg","quantity":12}]}`)
	})
	mux.HandleFunc("GET /orders/{id}/risk", func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.PathValue("id"), parkedPrefix) {
			answer(w, http.StatusOK, "application/edn", `{:risk-level :high :score 91}`)
			return
		}
		answer(w, http.StatusOK, "application/edn", `{:risk-level :low :score 7}`)
	})
	mux.HandleFunc("POST /orders/{id}/fulfill", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusCreated, "application/json", `{"fulfillment-id":"f-77","state":"accepted"}`)
	})
	mux.HandleFunc("POST /v3/mail/send", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
	})
	return httptest.NewServer(mux)
}

func answer(w http.ResponseWriter, status int, kind, body string) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}
