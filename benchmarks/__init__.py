"""Head-to-head runs against peers; results as JSON with the machine, the versions and the corpora's hashes."""
