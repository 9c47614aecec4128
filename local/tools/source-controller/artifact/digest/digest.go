// Package digest chooses the algorithm of the artifacts' digests.
package digest

import (
	_ "crypto/sha256"
	_ "crypto/sha512"
	"fmt"

	godigest "github.com/opencontainers/go-digest"
)

// Canonical is the algorithm of new artifacts.
var Canonical = godigest.SHA256

// AlgorithmForName gives the algorithm of that name.
func AlgorithmForName(name string) (godigest.Algorithm, error) {
	algorithm := godigest.Algorithm(name)
	switch algorithm {
	case godigest.SHA256, godigest.SHA384, godigest.SHA512:
		return algorithm, nil
	}
	return "", fmt.Errorf("digest algorithm %q: allowed are sha256, sha384 and sha512", name)
}
