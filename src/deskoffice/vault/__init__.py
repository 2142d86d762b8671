"""The locked box: keys, sealing, engine, content objects, audit log, search index, backup."""
