package storage

import (
	"archive/tar"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	securejoin "github.com/cyphar/filepath-securejoin"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/fluxcd/pkg/sourceignore"
	"github.com/fluxcd/pkg/sourceignore/gitignore"
	fluxtar "github.com/fluxcd/pkg/tar"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"gitops-platform/tools/source-controller/artifact/digest"
)

// ArchiveFileFilter tells whether a file, named by its full path, is left out.
type ArchiveFileFilter func(path string, info os.FileInfo) bool

// SourceIgnoreFilter leaves out what the patterns name; without patterns what Flux leaves out by default.
func SourceIgnoreFilter(patterns []gitignore.Pattern, domain []string) ArchiveFileFilter {
	matcher := sourceignore.NewDefaultMatcher(patterns, domain)
	if len(patterns) > 0 {
		patterns = append(sourceignore.VCSPatterns(domain), patterns...)
		matcher = sourceignore.NewMatcher(patterns)
	}
	return func(path string, info os.FileInfo) bool {
		return matcher.Match(strings.Split(path, string(filepath.Separator)), info.IsDir())
	}
}

// Archive packs the files of a folder. The same content gives the same archive: no times and no owners are kept.
func (s *Storage) Archive(artifact *meta.Artifact, folder string, leaveOut ArchiveFileFilter) error {
	return s.write(artifact, func(target io.Writer) error {
		zipped := gzip.NewWriter(target)
		archive := tar.NewWriter(zipped)
		err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || file == folder {
				return err
			}
			return add(archive, folder, file, entry, leaveOut)
		})
		if err != nil {
			return err
		}
		if err := archive.Close(); err != nil {
			return err
		}
		return zipped.Close()
	})
}

// add packs one folder or file; links and devices are left out.
func add(archive *tar.Writer, folder, file string, entry fs.DirEntry, leaveOut ArchiveFileFilter) error {
	info, err := entry.Info()
	if err != nil {
		return err
	}
	if leaveOut != nil && leaveOut(file, info) {
		return nil
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil
	}
	name, err := filepath.Rel(folder, file)
	if err != nil {
		return err
	}
	header := &tar.Header{Name: filepath.ToSlash(name), Mode: int64(info.Mode().Perm()), ModTime: time.Time{}, Format: tar.FormatPAX}
	if info.IsDir() {
		header.Typeflag, header.Name = tar.TypeDir, header.Name+"/"
		return archive.WriteHeader(header)
	}
	header.Typeflag, header.Size = tar.TypeReg, info.Size()
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	source, err := os.Open(file)
	if err != nil {
		return err
	}
	defer source.Close()
	_, err = io.Copy(archive, source)
	return err
}

// Copy stores what the reader gives.
func (s *Storage) Copy(artifact *meta.Artifact, reader io.Reader) error {
	return s.write(artifact, func(target io.Writer) error {
		_, err := io.Copy(target, reader)
		return err
	})
}

// CopyFromPath stores a file.
func (s *Storage) CopyFromPath(artifact *meta.Artifact, file string) error {
	source, err := os.Open(file)
	if err != nil {
		return err
	}
	defer source.Close()
	return s.Copy(artifact, source)
}

// CopyToPath unpacks an artifact and moves a part of it to a place that must not be there yet.
func (s *Storage) CopyToPath(artifact *meta.Artifact, part, to string) error {
	if !s.ArtifactExist(*artifact) {
		return fmt.Errorf("the artifact %s is not in the store", artifact.Path)
	}
	archive, err := os.Open(s.LocalPath(*artifact))
	if err != nil {
		return err
	}
	defer archive.Close()
	unpacked, err := os.MkdirTemp("", "artifact-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(unpacked)
	if err := fluxtar.Untar(archive, unpacked, fluxtar.WithMaxUntarSize(-1)); err != nil {
		return err
	}
	from, err := securejoin.SecureJoin(unpacked, part)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	return os.CopyFS(to, os.DirFS(from))
}

// write replaces the artifact's file as a whole and tells its digest, size and time.
func (s *Storage) write(artifact *meta.Artifact, fill func(io.Writer) error) error {
	file := s.LocalPath(*artifact)
	fresh, err := os.CreateTemp(filepath.Dir(file), ".new-")
	if err != nil {
		return err
	}
	defer os.Remove(fresh.Name())
	defer fresh.Close()
	digester := digest.Canonical.Digester()
	counted := &counter{}
	if err := fill(io.MultiWriter(fresh, digester.Hash(), counted)); err != nil {
		return err
	}
	if err := fresh.Chmod(0o600); err != nil {
		return err
	}
	if err := fresh.Close(); err != nil {
		return err
	}
	if err := os.Rename(fresh.Name(), file); err != nil {
		return err
	}
	artifact.Digest = digester.Digest().String()
	artifact.Size = &counted.bytes
	artifact.LastUpdateTime = metav1.Now()
	return nil
}

type counter struct{ bytes int64 }

func (c *counter) Write(data []byte) (int, error) {
	c.bytes += int64(len(data))
	return len(data), nil
}
