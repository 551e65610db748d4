// Package binding gives the slots of flows their values on this installation: addresses and secrets.
//
// A bindings file is one EDN map, slot to values, and under :flows the same for single flows:
//
//	{:orders-api {:base-url "https://orders.example.com/v1" :token #env "ORDERS_TOKEN"}
//	 :sendgrid   {:token #file "/run/secrets/sendgrid"}
//	 :basic-api  {:username "u" :password #env "P"}
//	 :keyed-api  {:api-key #env "K" :header "X-Api-Key"}
//	 :signing    {:secret #env "SIGNING_SECRET"}
//	 :flows      {:other-flow {:orders-api {:base-url "https://staging.example.com" :token #env "STAGING_TOKEN"}}}}
//
// What a flow has for itself replaces the whole entry of that slot: a credential never reaches an address that it wasn't written for.
// Files are read again when they change; environment variables and secret files are read at each use. Secrets are of a
// type that doesn't print. The package may import definition and interpreter.
package binding
