// Package config holds the settings of the artifact store. This module is the platform's own: it has the functions
// that source-controller calls, because the module of this name cannot be had from the module proxy (../../../README.md).
package config

import (
	"time"

	"github.com/spf13/pflag"
)

// Options are set by the flags that source-controller's docs/README.md lists.
type Options struct {
	// StoragePath is the folder of the artifacts. Default: the working directory.
	StoragePath string
	// StorageAddress is where the store listens. Default ":9090".
	StorageAddress string
	// StorageAdvAddress is the host that stands in an artifact's URL. Default: StorageAddress.
	StorageAdvAddress string
	// ArtifactRetentionTTL is the age from which superseded artifacts go. Default 1m.
	ArtifactRetentionTTL time.Duration
	// ArtifactRetentionRecords is how many artifacts of an object stay, the current one included. Default 2.
	ArtifactRetentionRecords int
	// ArtifactDigestAlgo is sha256 (default), sha384 or sha512.
	ArtifactDigestAlgo string
}

// BindFlags makes the flags.
func (o *Options) BindFlags(fs *pflag.FlagSet) {
	fs.StringVar(&o.StoragePath, "storage-path", "", "The local storage path.")
	fs.StringVar(&o.StorageAddress, "storage-addr", ":9090", "The address the static file server binds to.")
	fs.StringVar(&o.StorageAdvAddress, "storage-adv-addr", "", "The advertised address of the static file server.")
	fs.DurationVar(&o.ArtifactRetentionTTL, "artifact-retention-ttl", time.Minute, "How long superseded artifacts are kept.")
	fs.IntVar(&o.ArtifactRetentionRecords, "artifact-retention-records", 2, "How many artifacts of an object are kept.")
	fs.StringVar(&o.ArtifactDigestAlgo, "artifact-digest-algo", "sha256", "The algorithm of the artifacts' digests.")
}
