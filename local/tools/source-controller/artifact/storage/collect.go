package storage

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fluxcd/pkg/apis/meta"
)

// Remove deletes the file of an artifact.
func (s *Storage) Remove(artifact meta.Artifact) error {
	return os.Remove(s.LocalPath(artifact))
}

// RemoveAll deletes the folder of an artifact's object and returns it; empty when there was none.
func (s *Storage) RemoveAll(artifact meta.Artifact) (string, error) {
	file := s.LocalPath(artifact)
	folder := filepath.Dir(file)
	if file == "" || folder == s.BasePath {
		return "", nil
	}
	if _, err := os.Lstat(folder); err != nil {
		return "", nil
	}
	return folder, os.RemoveAll(folder)
}

// GarbageCollect deletes superseded artifacts beside the given, current one: those older than the retention's time, and
// of the rest all but the latest. Never the current one, nor what a link points to. Returns the deleted files.
func (s *Storage) GarbageCollect(ctx context.Context, artifact meta.Artifact, timeout time.Duration) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	current := s.LocalPath(artifact)
	folder := filepath.Dir(current)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	type old struct {
		path string
		time time.Time
	}
	var found []old
	kept := map[string]bool{current: true}
	for _, entry := range entries {
		file := filepath.Join(folder, entry.Name())
		if entry.Type()&os.ModeSymlink != 0 {
			if target, err := os.Readlink(file); err == nil {
				kept[filepath.Join(folder, target)] = true
			}
			continue
		}
		if !entry.Type().IsRegular() || strings.HasSuffix(file, lockSuffix) || strings.HasPrefix(entry.Name(), ".new-") {
			continue
		}
		if info, err := entry.Info(); err == nil {
			found = append(found, old{file, info.ModTime()})
		}
	}
	slices.SortFunc(found, func(a, b old) int { return b.time.Compare(a.time) })
	var deleted []string
	left := 1
	for _, one := range found {
		if err := ctx.Err(); err != nil {
			return deleted, err
		}
		if kept[one.path] {
			continue
		}
		if left++; left <= s.ArtifactRetentionRecords && time.Since(one.time) < s.ArtifactRetentionTTL {
			continue
		}
		if err := os.Remove(one.path); err != nil && !os.IsNotExist(err) {
			return deleted, err
		}
		_ = os.Remove(one.path + lockSuffix)
		deleted = append(deleted, one.path)
	}
	return deleted, nil
}
