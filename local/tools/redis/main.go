// A Redis server for the local platform: Argo CD keeps manifests, application trees and locks in one.
//
// Usage: redis <host:port>. With REDIS_PASSWORD set, the user "default" must authenticate with it, as Argo CD's
// components do when they see the same variable.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: redis <host:port>")
		os.Exit(2)
	}
	server := miniredis.NewMiniRedis()
	if password := os.Getenv("REDIS_PASSWORD"); password != "" {
		server.RequireAuth(password)
	}
	// Without this, keys expire only when a test moves the clock by hand.
	server.ClockTTL(true)
	if err := server.StartAddr(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "redis: cannot listen on %q: %v\n", os.Args[1], err)
		os.Exit(1)
	}
	fmt.Println("redis: ready on", server.Addr())

	stopped, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	<-stopped.Done()
	server.Close()
}
