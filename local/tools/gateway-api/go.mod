module gitops-platform/tools/gateway-api

go 1.26.0

tool sigs.k8s.io/gateway-api/pkg/consts

require sigs.k8s.io/gateway-api v1.4.1 // indirect
