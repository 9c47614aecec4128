// Package server gives the stored artifacts to the other controllers.
package server

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"time"

	"gitops-platform/tools/source-controller/artifact/config"
)

// Start serves the store until the context ends. It lists no folder and follows no link out of the store.
func Start(ctx context.Context, options *config.Options) error {
	root, err := os.OpenRoot(options.StoragePath)
	if err != nil {
		return err
	}
	defer root.Close()
	listener, err := net.Listen("tcp", options.StorageAddress)
	if err != nil {
		return err
	}
	files := http.FileServerFS(root.FS())
	server := &http.Server{
		ReadHeaderTimeout: 10 * time.Second,
		Handler: http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
			if request.Method != http.MethodGet && request.Method != http.MethodHead {
				http.Error(writer, "read only", http.StatusMethodNotAllowed)
				return
			}
			if len(request.URL.Path) == 0 || request.URL.Path[len(request.URL.Path)-1] == '/' {
				http.NotFound(writer, request)
				return
			}
			files.ServeHTTP(writer, request)
		}),
	}
	stop := context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(end)
	})
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
