"""Speed, as ratios in interleaved runs; run by hand on a quiet machine."""
