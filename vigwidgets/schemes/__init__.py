"""What may be coded: schemes as data, and the questions one asks of them."""

from vigwidgets.schemes._load import available_schemes, load_scheme, parse_scheme
from vigwidgets.schemes._scheme import Codebook

__all__ = ["Codebook", "available_schemes", "load_scheme", "parse_scheme"]
