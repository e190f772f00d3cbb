"""YAML as text: read it strictly, and set one key without touching any other byte.

The only room that knows PyYAML. Refuses duplicate keys, anchors, aliases, tags and deep nesting. Every plain
scalar comes back as the text that was typed: the model decides whether `no` is a word and `012` a number,
so none of YAML 1.1's guesses can bite.
"""

from mbl.storage.yamltext.editing import set_keys
from mbl.storage.yamltext.faults import Malformed
from mbl.storage.yamltext.reading import load, located, position
from mbl.storage.yamltext.writing import dump

__all__ = ["Malformed", "dump", "load", "located", "position", "set_keys"]
