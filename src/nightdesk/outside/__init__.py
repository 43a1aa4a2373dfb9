"""One file per neighbour: packs on disk, the key store, message channels."""
