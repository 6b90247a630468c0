"""What ClaimDesk knows about journalism; importable and scriptable without Qt."""
