"""Player, Tagger and Workbench: anywidgets that run in JupyterLab, on a Voila page, in VS Code and in Colab.

```python
from vigwidgets.widgets import Tagger

tagger = Tagger("films/blocks")  # film, sound and lanes; moments are saved in blocks.observation.json
tagger
```
"""

from vigwidgets.widgets._clips import ClipTray
from vigwidgets.widgets._player import Player
from vigwidgets.widgets._rating import RatingSheet
from vigwidgets.widgets._tagger import Tagger
from vigwidgets.widgets._workbench import Workbench

__all__ = ["ClipTray", "Player", "RatingSheet", "Tagger", "Workbench"]
