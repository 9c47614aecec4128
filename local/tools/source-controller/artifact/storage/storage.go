// Package storage keeps artifacts as files: <kind>/<namespace>/<name>/<file>.
package storage

import (
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	securejoin "github.com/cyphar/filepath-securejoin"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/fluxcd/pkg/lockedfile"
	"github.com/opencontainers/go-digest"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"gitops-platform/tools/source-controller/artifact/config"
)

const lockSuffix = ".lock"

// Storage is one folder of artifacts.
type Storage struct {
	// BasePath is the folder, absolute and without symbolic links.
	BasePath string
	// Hostname stands in the URLs of artifacts.
	Hostname string
	// ArtifactRetentionTTL and ArtifactRetentionRecords: see config.Options.
	ArtifactRetentionTTL     time.Duration
	ArtifactRetentionRecords int
}

// New opens the folder of the options, which must be there.
func New(options *config.Options) (*Storage, error) {
	if options.StoragePath == "" {
		options.StoragePath = "."
	}
	base, err := filepath.Abs(options.StoragePath)
	if err != nil {
		return nil, err
	}
	if base, err = filepath.EvalSymlinks(base); err != nil {
		return nil, err
	}
	if info, err := os.Stat(base); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("storage path %q is no folder", options.StoragePath)
	}
	host := options.StorageAdvAddress
	if host == "" {
		host = options.StorageAddress
	}
	return &Storage{
		BasePath: base, Hostname: host,
		ArtifactRetentionTTL: options.ArtifactRetentionTTL, ArtifactRetentionRecords: options.ArtifactRetentionRecords,
	}, nil
}

// NewArtifactFor names a file of an object; nothing is written.
func (s *Storage) NewArtifactFor(kind string, object metav1.Object, revision, file string) meta.Artifact {
	folder := path.Join(strings.ToLower(kind), object.GetNamespace(), object.GetName())
	artifact := meta.Artifact{Path: path.Join(folder, file), Revision: revision}
	s.SetArtifactURL(&artifact)
	return artifact
}

// SetArtifactURL writes the address of this store into the artifact.
func (s *Storage) SetArtifactURL(artifact *meta.Artifact) {
	if artifact != nil && artifact.Path != "" {
		artifact.URL = fmt.Sprintf("http://%s/%s", s.Hostname, strings.TrimPrefix(artifact.Path, "/"))
	}
}

// SetHostname replaces the host of an address by that of this store.
func (s *Storage) SetHostname(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || address == "" {
		return address
	}
	parsed.Host = s.Hostname
	return parsed.String()
}

// LocalPath is the file of an artifact, never outside the store; empty for an artifact without a path.
func (s *Storage) LocalPath(artifact meta.Artifact) string {
	if artifact.Path == "" {
		return ""
	}
	file, err := securejoin.SecureJoin(s.BasePath, filepath.Dir(artifact.Path))
	if err != nil {
		return ""
	}
	return filepath.Join(file, filepath.Base(artifact.Path))
}

// MkdirAll makes the folder of an artifact.
func (s *Storage) MkdirAll(artifact meta.Artifact) error {
	return os.MkdirAll(filepath.Dir(s.LocalPath(artifact)), 0o700)
}

// ArtifactExist tells whether the file of an artifact is there.
func (s *Storage) ArtifactExist(artifact meta.Artifact) bool {
	info, err := os.Lstat(s.LocalPath(artifact))
	return err == nil && info.Mode().IsRegular()
}

// VerifyArtifact compares the file with the artifact's digest.
func (s *Storage) VerifyArtifact(artifact meta.Artifact) error {
	wanted, err := digest.Parse(artifact.Digest)
	if err != nil {
		return fmt.Errorf("digest %q of the artifact: %w", artifact.Digest, err)
	}
	file, err := os.Open(s.LocalPath(artifact))
	if err != nil {
		return err
	}
	defer file.Close()
	found, err := wanted.Algorithm().FromReader(file)
	if err != nil {
		return err
	}
	if found != wanted {
		return fmt.Errorf("the stored file has the digest %s and not %s", found, wanted)
	}
	return nil
}

// Lock keeps every other writer of the artifact out until the returned function is called.
func (s *Storage) Lock(artifact meta.Artifact) (func(), error) {
	return lockedfile.MutexAt(s.LocalPath(artifact) + lockSuffix).Lock()
}

// Symlink points a name beside the artifact to it, and gives the link's address.
func (s *Storage) Symlink(artifact meta.Artifact, name string) (string, error) {
	file := s.LocalPath(artifact)
	link := filepath.Join(filepath.Dir(file), name)
	fresh := link + ".new"
	if err := os.Remove(fresh); err != nil && !os.IsNotExist(err) {
		return "", err
	}
	if err := os.Symlink(filepath.Base(file), fresh); err != nil {
		return "", err
	}
	if err := os.Rename(fresh, link); err != nil {
		return "", err
	}
	return fmt.Sprintf("http://%s/%s", s.Hostname, path.Join(path.Dir(artifact.Path), name)), nil
}
