module github.com/weir-run/weir/gateway/signature/testdata/providers

go 1.26.8

require (
	github.com/google/go-github/v75 v75.0.0
	github.com/sendgrid/sendgrid-go v3.16.1+incompatible
	github.com/standard-webhooks/standard-webhooks/libraries v0.0.1
	github.com/stripe/stripe-go/v82 v82.5.1
)

require github.com/google/go-querystring v1.1.0 // indirect
