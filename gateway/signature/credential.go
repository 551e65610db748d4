package signature

import (
	"encoding/base64"
	"strings"
)

const authorization = "Authorization"

// verifyBearer takes "Authorization: Bearer TOKEN".
func (s Scheme) verifyBearer(r *Request, secrets [][]byte) error {
	token, err := credentials(r, "bearer")
	if err != nil {
		return err
	}
	if !sameText([]byte(token), secrets) {
		return refused("the token doesn't match")
	}
	return nil
}

// verifyBasic takes "Authorization: Basic BASE64(username:password)".
func (s Scheme) verifyBasic(r *Request, secrets [][]byte) error {
	text, err := credentials(r, "basic")
	if err != nil {
		return err
	}
	pair, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return refused("the credentials are malformed")
	}
	wanted := make([][]byte, len(secrets))
	for i, secret := range secrets {
		wanted[i] = append([]byte(s.Username+":"), secret...)
	}
	if !sameText(pair, wanted) {
		return refused("the user name or the password doesn't match")
	}
	return nil
}

// verifyAPIKey takes the key from one header or one query parameter, whichever the scheme names.
func (s Scheme) verifyAPIKey(r *Request, secrets [][]byte) error {
	key, err := s.apiKey(r)
	if err != nil {
		return err
	}
	if !sameText([]byte(key), secrets) {
		return refused("the key doesn't match")
	}
	return nil
}

func (s Scheme) apiKey(r *Request) (string, error) {
	param := s.KeyParam()
	if param == "" {
		return single(r.Header, or(s.Header, DefaultAPIKeyHeader))
	}
	switch values := r.Query[param]; {
	case len(values) > 1:
		return "", refused("the key's parameter is repeated")
	case len(values) == 0 || values[0] == "":
		return "", refused("the key's parameter is missing")
	default:
		return values[0], nil
	}
}

// credentials returns what follows the scheme's name in the one Authorization header.
func credentials(r *Request, scheme string) (string, error) {
	header, err := single(r.Header, authorization)
	if err != nil {
		return "", err
	}
	name, text, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(name, scheme) {
		return "", refused("Authorization is of another kind")
	}
	text = strings.Trim(text, " ")
	if text == "" {
		return "", refused("Authorization is empty")
	}
	return text, nil
}
