"""The linkage engine (step 4): extract in, candidate pairs out."""
