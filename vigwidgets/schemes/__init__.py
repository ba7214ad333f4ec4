"""What may be coded: schemes as data, and the questions one asks of them."""

from vigwidgets.schemes._clips import CLIPS, clip_codebook, with_clips, without_clips
from vigwidgets.schemes._crosswalk import Bridge, across_of, crosswalks_of, parse_crosswalk
from vigwidgets.schemes._languages import languages_of
from vigwidgets.schemes._load import available_schemes, load_scheme, parse_scheme
from vigwidgets.schemes._scale import site_text_path, with_site_text
from vigwidgets.schemes._scheme import Codebook

__all__ = [
    "CLIPS",
    "Bridge",
    "Codebook",
    "across_of",
    "available_schemes",
    "clip_codebook",
    "crosswalks_of",
    "languages_of",
    "load_scheme",
    "parse_crosswalk",
    "parse_scheme",
    "site_text_path",
    "with_clips",
    "with_site_text",
    "without_clips",
]
