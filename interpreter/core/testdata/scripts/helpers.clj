; What a :function step has beside the language.

(weir/base64-encode "héllo")                       ;=> "aMOpbGxv"
(breyta.sandbox/base64-decode "aMOpbGxv")          ;=> "héllo"
(weir/base64-decode "aMOpbGxv")                    ;=> "héllo"
(weir/base64-decode "_-8")                         ;! "IllegalArgumentException: the decoded bytes are no UTF-8 text [not-text]; only texts can be decoded here"
(weir/base64-decode "Pz8_Pg==")                    ;=> "???>"
(weir/base64-decode "a!")                          ;! "not valid base64"
(weir/base64-encode 1)                             ;! "ClassCastException"
(weir/hex-encode "az")                             ;=> "617a"
(weir/hex-decode "617A")                           ;=> "az"
(weir/hex-decode "6")                              ;! "not valid hex"
(weir/sha256-hex "abc")                            ;=> "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
(weir/hmac-sha256-hex "key" "The quick brown fox jumps over the lazy dog") ;=> "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
(weir/url-encode "a b&c/d+é~")                     ;=> "a%20b%26c%2Fd%2B%C3%A9~"
(weir/url-decode "a+b%26%C3%A9")                   ;=> "a b&é"
(weir/url-decode "%zz")                            ;! "not valid URL"
(weir/uuid-from "b6883c0a-0342-4007-9966-bc2dfa6b109e") ;=> #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e"
(weir/uuid-from "hello")                           ;=> #uuid "5d41402a-bc4b-3a76-b971-9d911017c592"

; Instants.
(weir/parse-instant "2026-01-31T09:30:00Z")        ;=> #inst "2026-01-31T09:30:00.000-00:00"
(weir/parse-instant "2026-01-31T09:30:00+02:00")   ;=> #inst "2026-01-31T07:30:00.000-00:00"
(weir/parse-instant "2026-01-31")                  ;=> #inst "2026-01-31T00:00:00.000-00:00"
(weir/parse-instant "yesterday")                   ;! "DateTimeParseException: Text 'yesterday' could not be parsed as an instant"
(weir/parse-instant "31.01.2026 09:30" "dd.MM.yyyy HH:mm") ;=> #inst "2026-01-31T09:30:00.000-00:00"
(weir/parse-instant "Jan 5, 2026" "MMM d, yyyy")   ;=> #inst "2026-01-05T00:00:00.000-00:00"
(weir/parse-instant "2026" "yyyy-MM")              ;! "could not be parsed by the pattern"
(weir/format-instant #inst "2026-01-31T09:30:00Z") ;=> "2026-01-31T09:30:00Z"
(weir/format-instant #inst "2026-01-31T09:30:00.120Z") ;=> "2026-01-31T09:30:00.120Z"
(weir/format-instant #inst "2026-01-31T21:05:09.007Z" "EEEE d MMMM yy, hh:mm:ss.SSS a X 'o''clock'") ;=> "Saturday 31 January 26, 09:05:09.007 PM Z o'clock"
(weir/format-instant-pattern #inst "2026-01-31" "yyyy-MM-dd'T'HH:mm") ;=> "2026-01-31T00:00"
(weir/format-instant #inst "2026-01-31" "Q")       ;! "Unknown pattern letter: Q"
(weir/format-instant "2026")                       ;! "a string stands where an instant is needed"
(weir/instant-plus #inst "2026-01-31" 1 :months)   ;=> #inst "2026-02-28T00:00:00.000-00:00"
(weir/instant-plus #inst "2024-01-31" 1 :month)    ;=> #inst "2024-02-29T00:00:00.000-00:00"
(weir/instant-plus #inst "2026-01-31" 36 :hours)   ;=> #inst "2026-02-01T12:00:00.000-00:00"
(weir/instant-minus #inst "2026-01-31" 2 :weeks)   ;=> #inst "2026-01-17T00:00:00.000-00:00"
(weir/instant-minus #inst "2024-02-29" 1 :years)   ;=> #inst "2023-02-28T00:00:00.000-00:00"
(weir/instant-plus #inst "2026-01-31" 250 :millis) ;=> #inst "2026-01-31T00:00:00.250-00:00"
(weir/instant-plus #inst "2026-01-31" 1 :fortnights) ;! ":fortnights is no unit of time"
(weir/instant-plus #inst "2026-01-31" 9223372036854775807 :days) ;! "outside of the years 0 to 9999"
(weir/instant-plus #inst "9999-12-31" 1 :days)     ;! "outside of the years 0 to 9999"
(weir/truncate-instant #inst "2026-01-31T09:35:12.345Z" :seconds) ;=> #inst "2026-01-31T09:35:12.000-00:00"
(weir/truncate-instant #inst "2026-01-31T09:35:12.345Z" :hours) ;=> #inst "2026-01-31T09:00:00.000-00:00"
(weir/truncate-instant #inst "2026-01-31T09:35:12.345Z" :weeks) ;=> #inst "2026-01-26T00:00:00.000-00:00"
(weir/truncate-instant #inst "1969-12-31T23:59:59.999Z" :days) ;=> #inst "1969-12-31T00:00:00.000-00:00"
(weir/truncate-instant #inst "1969-12-31T23:59:59.999Z" :minutes) ;=> #inst "1969-12-31T23:59:00.000-00:00"
(weir/truncate-instant #inst "2026-05-31T09:35:12Z" :years) ;=> #inst "2026-01-01T00:00:00.000-00:00"
(weir/instant->epoch-ms #inst "2026-01-31")        ;=> 1769817600000
(weir/epoch-ms->instant 1769817600000)             ;=> #inst "2026-01-31T00:00:00.000-00:00"
(weir/epoch-ms->instant 9223372036854775807)       ;! "outside of the years 0 to 9999"
(weir/duration-between #inst "2026-01-31" #inst "2026-02-01") ;=> 86400000
(weir/duration-between #inst "2026-02-01" #inst "2026-01-31" :hours) ;=> -24
(weir/duration-between #inst "2026-01-31" #inst "2026-03-30" :months) ;=> 1
(weir/duration-between #inst "2026-03-31" #inst "2026-01-31T01:00:00Z" :months) ;=> -1
(weir/duration-between #inst "2020-02-29" #inst "2026-02-28" :years) ;=> 5

; JSON.
(json/parse "{\"order-id\": 1, \"a b\": [1.5, null, true, \"x\"]}") ;=> {:order-id 1, "a b" [1.5 nil true "x"]}
(json/parse "{\"a\": 12345678901234567890}")       ;=> {:a 12345678901234567890N}
(json/parse "{\"a\": }")                           ;! "IllegalArgumentException"
(json/parse nil)                                   ;! "NullPointerException"
(json/write-str {:a [1 2.5 nil "x\n" :k 'sym #{1}] :n/b {"c d" (map inc [1 2])}}) ;=> "{\"a\":[1,2.5,null,\"x\\n\",\"k\",\"sym\",[1]],\"n/b\":{\"c d\":[2,3]}}"
(json/write-str inc)                               ;! "IllegalArgumentException"
(json/parse (json/write-str {:a {:b [1 2 {:c nil}]}})) ;=> {:a {:b [1 2 {:c nil}]}}
