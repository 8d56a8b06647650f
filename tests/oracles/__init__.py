"""Independent re-computations; nothing here imports coopbook."""
