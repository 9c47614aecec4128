/** A program on this machine. */
export interface Binary {
  /** Absolute. */
  readonly path: string;
}

/** A program whose version decides something. */
export interface VersionedBinary extends Binary {
  /** Such as "v1.36.3". */
  readonly version: string;
}

/** What the control plane is made of: a part of what `ensureTools` gives. */
export interface ControlPlaneTools {
  readonly "etcd": Binary;
  readonly "kube-apiserver": VersionedBinary;
  readonly "kube-controller-manager": Binary;
  readonly "kube-scheduler": Binary;
  readonly "kwok": Binary;
  readonly "files": {
    /** The folder with files of the kwok module, by their paths in it. */
    readonly kwok: string;
  };
}
