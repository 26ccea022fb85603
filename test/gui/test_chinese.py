"""A Chinese reader sees Chinese: toolbox, menu, dialog, choices."""

import re

import pytest
from qgis.utils import iface, plugins

# Words that stay: names of the method, of products and of the plugin.
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def chinese(project):
    """The plugin loaded anew in a Chinese QGIS; English again after the test."""
    from qgis.core import QgsSettings

    plugin, settings = plugins["permafrost_mapper"], QgsSettings()

    def reload():
        plugin.unload()
        plugin.initGui()

    settings.setValue("locale/overrideFlag", True)
    settings.setValue("locale/userLocale", "zh-Hans")
    reload()
    yield plugin
    for key in ("overrideFlag", "userLocale"):
        settings.remove(f"locale/{key}")
    reload()


@pytest.mark.quick
def test_a_chinese_reader_sees_chinese(chinese, open_dialog):
    from qgis.core import QgsApplication
    from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QLabel

    provider = QgsApplication.processingRegistry().providerById("permafrost")
    assert provider.name().startswith("多年冻土制图")
    shown = [algorithm.displayName() for algorithm in provider.algorithms()]
    assert [title for title in shown if not HAN.search(title)] == ["TTOP"]
    assert provider.algorithm("classify").id() == "permafrost:classify"
    assert {algorithm.group() for algorithm in provider.algorithms()} >= {"4 多年冻土", "5 评价", "模型"}
    menus = [action.menu() for action in iface.pluginMenu().actions() if "Permafrost" in action.text()]
    assert [a.text() for menu in menus for a in menu.actions() if not HAN.search(a.text())] == []
    dialog = open_dialog("filllstgaps", {})
    try:
        own = {d.description() for d in provider.algorithm("filllstgaps").parameterDefinitions()}
        texts = {widget.text() for kind in (QLabel, QCheckBox) for widget in dialog.findChildren(kind)}
        # Labels of optional parameters have an addition of QGIS.
        assert {one for one in own if not any(text.startswith(one) for text in texts)} == set()
        choices = [combo.itemText(i) for combo in dialog.findChildren(QComboBox) for i in range(combo.count())]
        assert any("极大似然" in choice for choice in choices), choices
    finally:
        dialog.close()
