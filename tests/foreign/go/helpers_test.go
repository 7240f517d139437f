package foreign

import "net/url"

type urlOf = url.URL

func parseURL(text string) (*url.URL, error) { return url.Parse(text) }

// must2 drops the last of three answers, which is an error that cannot be.
func must2[A, B any](a A, b B, err error) (A, B) {
	if err != nil {
		panic(err)
	}
	return a, b
}
