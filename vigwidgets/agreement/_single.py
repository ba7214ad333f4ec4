"""One figure on timed tags by itself, where the whole comparison is not wanted."""

from __future__ import annotations

from collections.abc import Sequence

from vigwidgets.agreement._estimate import Estimate
from vigwidgets.agreement._panel import panel
from vigwidgets.agreement._setting import Setting
from vigwidgets.agreement._timed import material, time_estimate, unitizing_estimate
from vigwidgets.contract import Observation

__all__ = ["time_kappa", "unitizing_alpha"]


def time_kappa(observations: Sequence[Observation], setting: Setting | None = None) -> Estimate:
    """Return the time-unit kappa of observations of one film, without its chance level.

    Cohen's kappa over units of time for each code, pooled over the codes; of more than two observers the mean over
    pairs. Bakeman, Quera and Gnisci 2009; De Vries and others 2008.

    Args:
        observations: Two or more, of one film under one scheme.
        setting: Tolerance, unit of time and the like.

    Raises:
        Refusal: Fewer than two, or different films or schemes.
    """
    setting = setting or Setting()
    return time_estimate(material(panel(observations, setting.label), setting))


def unitizing_alpha(observations: Sequence[Observation], setting: Setting | None = None) -> Estimate:
    """Return Krippendorff's alpha for unitizing of observations of one film, without its chance level.

    Krippendorff 1995, or 2004 with ``Setting(form="2004", unit=…)``; of two observers, tags that match within the
    tolerance are laid upon each other first, so give a tolerance of 0 for alpha as it was published.

    Args:
        observations: Two or more, of one film under one scheme.
        setting: Form, unit, tolerance and the like.

    Raises:
        Refusal: Fewer than two, or different films or schemes.
    """
    setting = setting or Setting()
    return unitizing_estimate(material(panel(observations, setting.label), setting))
