"""Qostil: Kazakh–Russian document pairing, sentence alignment and translation memory."""
