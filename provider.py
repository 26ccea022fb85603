"""The Processing provider: an explicit list of its algorithms and models."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithms.assess.accuracy import Accuracy
from .algorithms.assess.areastatistics import AreaStatistics
from .algorithms.assess.boreholes import Boreholes
from .algorithms.assess.change import Change
from .algorithms.assess.comparemaps import CompareMaps
from .algorithms.assess.seriesatpoint import SeriesAtPoint
from .algorithms.gst.degreedays import DegreeDays
from .algorithms.gst.fitgstmodel import FitGstModel
from .algorithms.gst.predictgst import PredictGst
from .algorithms.gst.samplelst import SampleLst
from .algorithms.lst.assessgapfilling import AssessGapFilling
from .algorithms.lst.filllstgaps import FillLstGaps
from .algorithms.lst.fitvariogram import FitVariogram
from .algorithms.permafrost.activelayer import ActiveLayer
from .algorithms.permafrost.calibraterk import CalibrateRk
from .algorithms.permafrost.classify import Classify
from .algorithms.permafrost.frostnumber import FrostNumber
from .algorithms.permafrost.probability import Probability
from .algorithms.permafrost.rkfactor import RkFactor
from .algorithms.permafrost.ttop import Ttop
from .algorithms.prepare.aligntogrid import AlignToGrid
from .algorithms.prepare.buildlststack import BuildLstStack
from .algorithms.prepare.sampledata import SampleData
from .algorithms.publish.combinereports import CombineReports
from .algorithms.publish.exportproduct import ExportProduct
from .algorithms.publish.maplayout import MapLayout
from .algorithms.translation import Model, load_model
from .core.about import NAME, RESOURCES, VERSION
from .core.language import tr

ALGORITHMS = (
    SampleData,
    AlignToGrid,
    BuildLstStack,
    FillLstGaps,
    FitVariogram,
    AssessGapFilling,
    SampleLst,
    FitGstModel,
    PredictGst,
    DegreeDays,
    RkFactor,
    CalibrateRk,
    Ttop,
    FrostNumber,
    Classify,
    Probability,
    ActiveLayer,
    Accuracy,
    Boreholes,
    CompareMaps,
    AreaStatistics,
    Change,
    SeriesAtPoint,
    MapLayout,
    CombineReports,
    ExportProduct,
)

MODELS = ("permafrost_map_from_degree_days.model3", "permafrost_map_from_LST.model3")


class PermafrostProvider(QgsProcessingProvider):
    """Provider ``permafrost``."""

    def id(self) -> str:
        """Return the id; fixed for ever."""
        return "permafrost"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return tr(NAME)

    def longName(self) -> str:
        """Return name and version."""
        return f"{tr(NAME)} {VERSION}"

    def icon(self) -> QIcon:
        """Return the provider's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the path of the icon."""
        return str(RESOURCES / "icons" / "permafrost.svg")

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """Return the one format that holds names, units, nodata and provenance."""
        return ["tif"]

    def loadAlgorithms(self) -> None:
        """Add the algorithms, and the models that run them."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        for file_name in MODELS:
            model = Model()
            if load_model(model, file_name):
                self.addAlgorithm(model)
