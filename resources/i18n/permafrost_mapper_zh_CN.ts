<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PermafrostMapper</name>
    <message>
        <source>{input_name} &apos;{path}&apos; lies in {name} &apos;{folder}&apos;, which would be replaced as a whole: choose another folder for {name}.</source>
        <extracomment>algorithms/apart.py</extracomment>
        <translation>{input_name}“{path}”位于 {name}“{folder}”中，而后者会被整体替换：请为 {name} 另选文件夹。</translation>
    </message>
    <message>
        <source>{name} &apos;{path}&apos; would overwrite a file that {item_name} is read from: choose another name for {name}.</source>
        <extracomment>algorithms/apart.py</extracomment>
        <translation>{name}“{path}”会覆盖 {item_name} 要读取的文件：请为 {name} 另取名称。</translation>
    </message>
    <message>
        <source>{other} and {name} are the same file &apos;{path}&apos;: choose another name for one of them.</source>
        <extracomment>algorithms/apart.py</extracomment>
        <translation>{other} 与 {name} 是同一文件“{path}”：请为其中之一另取名称。</translation>
    </message>
    <message>
        <source>Field &apos;{field_name}&apos; of &apos;{name}&apos; holds no value to compare: choose another one.</source>
        <extracomment>algorithms/assess/accuracy.py</extracomment>
        <translation>“{name}”的字段“{field_name}”没有可比较的值：请另选字段。</translation>
    </message>
    <message>
        <source>Overall accuracy {oa}, kappa {kappa} on {total} cells.</source>
        <extracomment>algorithms/assess/accuracy.py</extracomment>
        <translation>总体精度 {oa}，Kappa 系数 {kappa}，共 {total} 个像元。</translation>
    </message>
    <message>
        <source>REFERENCE &apos;{name}&apos; is a vector layer: set REFERENCE_FIELD to one of its fields {fields}.</source>
        <extracomment>algorithms/assess/accuracy.py</extracomment>
        <translation>REFERENCE“{name}”是矢量图层：请将 REFERENCE_FIELD 设为其字段 {fields} 之一。</translation>
    </message>
    <message>
        <source>{unmapped} cells of the reference are excluded: the map has no permafrost class there.</source>
        <extracomment>algorithms/assess/accuracy.py</extracomment>
        <translation>参考数据中有 {unmapped} 个像元不参与：图上该处没有有效类别。</translation>
    </message>
    <message>
        <source>MAP_PERMAFROST is &apos;{map_permafrost}&apos;, and classes lie between 0 and {values}: choose those of the map.</source>
        <extracomment>algorithms/assess/areastatistics.py</extracomment>
        <translation>MAP_PERMAFROST 为“{map_permafrost}”，而类别应在 0 至 {values} 之间：请选择图中的类别。</translation>
    </message>
    <message>
        <source>Neither MAGT nor PRESENCE is given: set one of them to a field of &apos;{name}&apos;: {fields}.</source>
        <extracomment>algorithms/assess/boreholes.py</extracomment>
        <translation>MAGT 与 PRESENCE 均未给出：请将其中之一设为“{name}”的字段：{fields}。</translation>
    </message>
    <message>
        <source>MAPS holds only &apos;{name}&apos;, and a change needs two maps: add another one.</source>
        <extracomment>algorithms/assess/change.py</extracomment>
        <translation>MAPS 中只有“{name}”，而变化需要两幅图：请再加一幅。</translation>
    </message>
    <message>
        <source>PERIODS &apos;{periods}&apos; has {n_labels} labels for {n_maps} maps: give one for each, or none.</source>
        <extracomment>algorithms/assess/change.py</extracomment>
        <translation>PERIODS“{periods}”有 {n_labels} 个标签，而图有 {n_maps} 幅：请为每幅图各给一个，或全部不给。</translation>
    </message>
    <message>
        <source>{rank}. {name}: kappa {kappa}</source>
        <extracomment>algorithms/assess/comparemaps.py</extracomment>
        <translation>{rank}. {name}：Kappa 系数 {kappa}</translation>
    </message>
    <message>
        <source>The results exist already, complete and from the same inputs: nothing is repeated.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>结果已经存在，完整且来自相同输入：不再重复计算。</translation>
    </message>
    <message>
        <source>{input} not given: &apos;{step}&apos; is skipped.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>未给出{input}：跳过“{step}”。</translation>
    </message>
    <message>
        <source>EXTRAPOLATION is requested with GST stacks: leave it out, it needs a model.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>使用 GST 影像序列时要求了 EXTRAPOLATION：请去掉，它需要模型。</translation>
    </message>
    <message>
        <source>GST and {lst} are given: leave the LST stacks out, or choose a model.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>同时给出了 GST 与 {lst}：请去掉 LST 影像序列，或选择模型。</translation>
    </message>
    <message>
        <source>Left out, since the series begins or ends within: {incomplete}.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>因序列起止于年内而略去：{incomplete}。</translation>
    </message>
    <message>
        <source>MISSING is none: where days are missing, DDT and DDF are sums of the valid days and too small, while MAGST is divided by the number of valid days: choose monthly or harmonic for the whole year.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>MISSING 为 none：缺测之处 DDT 和 DDF 只是有效日之和，因而偏小，而 MAGST 以有效日数为除数：请选择 monthly 或 harmonic 以得到全年值。</translation>
    </message>
    <message>
        <source>No output is requested: give a file name for one of {outputs}.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>没有要求任何输出：请为 {outputs} 之一给出文件名。</translation>
    </message>
    <message>
        <source>Years: {complete}.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>年份：{complete}。</translation>
    </message>
    <message>
        <source>ALPHA_MIN is {alpha_min:g} and ALPHA_MAX is {alpha_max:g}: the first may not be above the second.</source>
        <extracomment>algorithms/gst/fitgstmodel.py</extracomment>
        <translation>ALPHA_MIN 为 {alpha_min:g}，ALPHA_MAX 为 {alpha_max:g}：前者不能大于后者。</translation>
    </message>
    <message>
        <source>{percent:.1f} % of the predictions lie outside the training ranges of the model.</source>
        <extracomment>algorithms/gst/predictgst.py</extracomment>
        <translation>{percent:.1f}% 的预测值超出模型的训练范围。</translation>
    </message>
    <message>
        <source>Field &apos;{field_name}&apos; of &apos;{name}&apos; {what}: give each station a name of its own, or choose another STATION_FIELD.</source>
        <extracomment>algorithms/gst/samplelst.py</extracomment>
        <translation>“{name}”的字段“{field_name}”{what}：请给每个站点各取一个名称，或另选 STATION_FIELD。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; has no point: choose the layer of the stations.</source>
        <extracomment>algorithms/gst/samplelst.py</extracomment>
        <translation>图层“{name}”没有点：请选择站点图层。</translation>
    </message>
    <message>
        <source>No LST stack is given: choose one for {overpasses}, or some of them.</source>
        <extracomment>algorithms/gst/samplelst.py</extracomment>
        <translation>没有给出 LST 影像序列：请为 {overpasses} 或其中一部分选择。</translation>
    </message>
    <message>
        <source>has the station &apos;{twice}&apos; more than once</source>
        <extracomment>algorithms/gst/samplelst.py</extracomment>
        <translation>中站点“{twice}”不止一个</translation>
    </message>
    <message>
        <source>A raster cannot be opened: check that its file exists and is whole.</source>
        <extracomment>algorithms/layers/rasters.py</extracomment>
        <translation>有一个栅格无法打开：请检查其文件是否存在且完整。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; comes from the provider &apos;{providertype}&apos;, which gives pictures and not numbers: export it to a GeoTIFF first.</source>
        <extracomment>algorithms/layers/rasters.py</extracomment>
        <translation>图层“{name}”来自数据源“{providertype}”，它提供的是图片而非数值：请先导出为 GeoTIFF。</translation>
    </message>
    <message>
        <source>no value at {ranges}</source>
        <extracomment>algorithms/layers/rasters.py</extracomment>
        <translation>{ranges} 视为无值</translation>
    </message>
    <message>
        <source>the nodata value of the file is a value</source>
        <extracomment>algorithms/layers/rasters.py</extracomment>
        <translation>文件的无数据值视为有效值</translation>
    </message>
    <message>
        <source>{low:g} to {high:g}</source>
        <extracomment>algorithms/layers/rasters.py</extracomment>
        <translation>{low:g} 至 {high:g}</translation>
    </message>
    <message>
        <source>Feature {id} of layer &apos;{name}&apos; has a coordinate that is not finite: repair it or remove it.</source>
        <extracomment>algorithms/layers/vectors.py</extracomment>
        <translation>图层“{name}”的要素 {id} 含有非有限的坐标：请修复或删除该要素。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; cannot be opened: check that the file exists and is whole.</source>
        <extracomment>algorithms/layers/tables.py</extracomment>
        <translation>图层“{name}”无法打开：请检查文件是否存在且完整。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; has no field &apos;{field}&apos;: set {parameter} to one of {fields}.</source>
        <extracomment>algorithms/layers/tables.py</extracomment>
        <translation>图层“{name}”没有字段“{field}”：请将 {parameter} 设为 {fields} 之一。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds {kinds}, and {wanted} are needed: choose another layer, or convert its geometries.</source>
        <extracomment>algorithms/layers/vectors.py</extracomment>
        <translation>图层“{name}”为{kinds}，而需要{wanted}：请另选图层，或转换其几何类型。</translation>
    </message>
    <message>
        <source>Table &apos;{value}&apos; cannot be opened: check that the file exists and is whole.</source>
        <extracomment>algorithms/layers/tables.py</extracomment>
        <translation>表“{value}”无法打开：请检查文件是否存在且完整。</translation>
    </message>
    <message>
        <source>{empty} of the {n_every} features of &apos;{name}&apos; have no geometry and are left out.</source>
        <extracomment>algorithms/layers/vectors.py</extracomment>
        <translation>“{name}”的 {n_every} 个要素中有 {empty} 个没有几何，已略去。</translation>
    </message>
    <message>
        <source>{n_fitting} of the {n_every} features of &apos;{name}&apos; are of another kind ({kinds}) and are left out.</source>
        <extracomment>algorithms/layers/vectors.py</extracomment>
        <translation>“{name}”的 {n_every} 个要素中有 {n_fitting} 个属于其他类型（{kinds}），已略去。</translation>
    </message>
    <message>
        <source>{n_invalid} features of &apos;{name}&apos; are not valid, the first with the id {id}, for example because a ring crosses itself: areas that it encloses once are inside, those enclosed twice are not; use &apos;Fix geometries&apos; if something else is meant.</source>
        <extracomment>algorithms/layers/vectors.py</extracomment>
        <translation>“{name}”中有 {n_invalid} 个要素无效，第一个的编号为 {id}，例如环线自相交：被环绕一次的部分算在内，两次的不算；若本意并非如此，请使用“修正几何图形”。</translation>
    </message>
    <message>
        <source>{n} withheld cells of {n_by_scene} scenes: RMSE {rmse:.2f} K, bias {bias:.2f} K, CRPS {crps:.2f} K, {coverage:.1f} % inside nominal 95 % intervals.</source>
        <extracomment>algorithms/lst/assessgapfilling.py</extracomment>
        <translation>{n_by_scene} 景影像的 {n} 个留出像元：RMSE {rmse:.2f} K，偏差 {bias:.2f} K，CRPS {crps:.2f} K，{coverage:.1f}% 落在名义 95% 区间内。</translation>
    </message>
    <message>
        <source>NEIGHBOURS is {neighbours} and has to be a multiple of 8 for SEARCH octant: choose 32 or 64.</source>
        <extracomment>algorithms/lst/kriging.py</extracomment>
        <translation>NEIGHBOURS 为 {neighbours}，而 SEARCH 为 octant 时须为 8 的倍数：请选 32 或 64。</translation>
    </message>
    <message>
        <source>NUGGET and SILL are both 0, so every estimate would be certain: give a positive SILL, or none of the three to have the variogram estimated.</source>
        <extracomment>algorithms/lst/kriging.py</extracomment>
        <translation>NUGGET 与 SILL 均为 0，于是每个估值都毫无误差：请给出大于 0 的 SILL，或三者都不给以自动估计变异函数。</translation>
    </message>
    <message>
        <source>NUGGET, SILL and RANGE are given and VARIOGRAM is &apos;auto&apos;: choose their model.</source>
        <extracomment>algorithms/lst/kriging.py</extracomment>
        <translation>给出了 NUGGET、SILL 和 RANGE，而 VARIOGRAM 为“auto”：请选择变异函数模型。</translation>
    </message>
    <message>
        <source>TREND is &apos;{trend}&apos; and DEM is not given: choose a raster for DEM, or TREND none.</source>
        <extracomment>algorithms/lst/kriging.py</extracomment>
        <translation>TREND 为“{trend}”，而未给出 DEM：请为 DEM 选择栅格，或将 TREND 设为 none。</translation>
    </message>
    <message>
        <source>{name} &apos;{value}&apos; is neither a raster nor a vector layer: choose one that QGIS can open.</source>
        <extracomment>algorithms/parameters/layers.py</extracomment>
        <translation>{name}“{value}”既不是栅格也不是矢量图层：请选择 QGIS 能打开的图层。</translation>
    </message>
    <message>
        <source>UNFROZEN_WATER is {unfrozen_water:g} and WATER is {water:g}, so there is no ice to melt: UNFROZEN_WATER has to be the smaller one.</source>
        <extracomment>algorithms/permafrost/activelayer.py</extracomment>
        <translation>UNFROZEN_WATER 为 {unfrozen_water:g}，WATER 为 {water:g}，于是没有冰可融：UNFROZEN_WATER 必须较小。</translation>
    </message>
    <message>
        <source>RK_MIN is {rk_min:g} and RK_MAX is {rk_max:g}: RK_MIN has to be the smaller one.</source>
        <extracomment>algorithms/permafrost/calibraterk.py</extracomment>
        <translation>RK_MIN 为 {rk_min:g}，RK_MAX 为 {rk_max:g}：RK_MIN 必须较小。</translation>
    </message>
    <message>
        <source>With r_k by class, kappa is {kappa:.4f} on all cells and {kappa_held_out:.4f} on held-out cells; with the best single r_k, {uniform_r_k:.3f}, it is {kappa_uniform:.4f} and {kappa_uniform_held_out:.4f}.</source>
        <extracomment>algorithms/permafrost/calibraterk.py</extracomment>
        <translation>按类别取 r_k 时，全部像元的 Kappa 系数为 {kappa:.4f}，留出像元为 {kappa_held_out:.4f}；取最优单一 r_k {uniform_r_k:.3f} 时，分别为 {kappa_uniform:.4f} 和 {kappa_uniform_held_out:.4f}。</translation>
    </message>
    <message>
        <source>DDT is the layer &apos;{name}&apos; and DDF is the layer &apos;{DDF_name}&apos;: they seem to be swapped, exchange them.</source>
        <extracomment>algorithms/permafrost/degree_day_inputs.py</extracomment>
        <translation>DDT 为图层“{name}”，DDF 为图层“{DDF_name}”：两者似乎弄反了，请对调。</translation>
    </message>
    <message>
        <source>No r_k is given: choose an r_k raster for RK or a number for RK_VALUE, such as 0.8.</source>
        <extracomment>algorithms/permafrost/degree_day_inputs.py</extracomment>
        <translation>没有给出 r_k：请为 RK 选择 r_k 栅格，或为 RK_VALUE 给一个数，如 0.8。</translation>
    </message>
    <message>
        <source>RK_VALUE {rk_value:g} is used in all cells; the raster &apos;{name}&apos; is not used.</source>
        <extracomment>algorithms/permafrost/degree_day_inputs.py</extracomment>
        <translation>所有像元均采用 RK_VALUE {rk_value:g}；不使用栅格“{name}”。</translation>
    </message>
    <message>
        <source>The frost number equivalent to TTOP = 0 at r_k 0.8 is {equivalent_frost_number:.3f}, not 0.5.</source>
        <extracomment>algorithms/permafrost/frostnumber.py</extracomment>
        <translation>r_k 为 0.8 时，与 TTOP = 0 相当的冻结数为 {equivalent_frost_number:.3f}，而不是 0.5。</translation>
    </message>
    <message>
        <source>GST_ERROR {gst_error:g} K is used; the error of the GST model is not.</source>
        <extracomment>algorithms/permafrost/probability.py</extracomment>
        <translation>采用 GST_ERROR {gst_error:g} K；不采用 GST 模型的误差。</translation>
    </message>
    <message>
        <source>No error of the ground surface temperature is given: choose a GST model for GST_MODEL, or a number in K for GST_ERROR.</source>
        <extracomment>algorithms/permafrost/probability.py</extracomment>
        <translation>没有给出地面温度的误差：请为 GST_MODEL 选择 GST 模型，或为 GST_ERROR 给一个以 K 为单位的数。</translation>
    </message>
    <message>
        <source>{members} members: standard deviations are {gst_error:.3f} K for the bias of the ground surface temperature and {r_k_sd:g} for r_k.</source>
        <extracomment>algorithms/permafrost/probability.py</extracomment>
        <translation>{members} 个集合成员：地面温度偏差的标准差为 {gst_error:.3f} K，r_k 的标准差为 {r_k_sd:g}。</translation>
    </message>
    <message>
        <source>Give either LANDCOVER, a map of classes, or PFT, the fraction layers, but not both.</source>
        <extracomment>algorithms/permafrost/rkfactor.py</extracomment>
        <translation>LANDCOVER（分类图）与 PFT（比例图层）只能给出其一。</translation>
    </message>
    <message>
        <source>TABLE is &apos;file&apos; and no file is given: choose a CSV file for TABLE_FILE.</source>
        <extracomment>algorithms/permafrost/rkfactor.py</extracomment>
        <translation>TABLE 为“file”，而没有给出文件：请为 TABLE_FILE 选择 CSV 文件。</translation>
    </message>
    <message>
        <source>TABLE is &apos;matrix&apos; and the matrix is empty: fill TABLE_MATRIX with classes and r_k.</source>
        <extracomment>algorithms/permafrost/rkfactor.py</extracomment>
        <translation>TABLE 为“matrix”，而矩阵为空：请在 TABLE_MATRIX 中填入类别和 r_k。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; begins with the class &apos;{first}&apos;, but {needed} are needed: use a table of these.</source>
        <extracomment>algorithms/permafrost/rkfactor.py</extracomment>
        <translation>表“{name}”以类别“{first}”开头，而需要{needed}：请使用相应的表。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be drawn, since its cells are too small or too large: check their size.</source>
        <extracomment>algorithms/picture.py</extracomment>
        <translation>“{path}”无法绘制，因为其像元过小或过大：请检查像元大小。</translation>
    </message>
    <message>
        <source>END {end} lies before START {start}: exchange them.</source>
        <extracomment>algorithms/prepare/buildlststack.py</extracomment>
        <translation>END {end} 早于 START {start}：请对调。</translation>
    </message>
    <message>
        <source>Not built because there is no scene: {without}.</source>
        <extracomment>algorithms/prepare/buildlststack.py</extracomment>
        <translation>因没有影像而未构建：{without}。</translation>
    </message>
    <message>
        <source>OUTPUT &apos;{output}&apos; is the folder of the scenes: choose another one for the stacks.</source>
        <extracomment>algorithms/prepare/buildlststack.py</extracomment>
        <translation>OUTPUT“{output}”就是影像所在的文件夹：请为影像序列另选文件夹。</translation>
    </message>
    <message>
        <source>PATTERN is not given, and PRODUCT custom needs it: describe the file names, for example LST_{SATELLITE}_{TIME}_{YYYY}{DDD}.tif.</source>
        <extracomment>algorithms/prepare/buildlststack.py</extracomment>
        <translation>未给出 PATTERN，而 PRODUCT 为 custom 时需要它：请描述文件名，例如 LST_{SATELLITE}_{TIME}_{YYYY}{DDD}.tif。</translation>
    </message>
    <message>
        <source>Stacks of {grid}.</source>
        <extracomment>algorithms/prepare/buildlststack.py</extracomment>
        <translation>影像序列：{grid}。</translation>
    </message>
    <message>
        <source>Simulating the scenes of {year} ...</source>
        <extracomment>algorithms/prepare/sampledata.py</extracomment>
        <translation>正在模拟 {year} 年的影像……</translation>
    </message>
    <message>
        <source>Simulating the weather of every day ...</source>
        <extracomment>algorithms/prepare/sampledata.py</extracomment>
        <translation>正在模拟每日天气……</translation>
    </message>
    <message>
        <source>The regions of the survey are {survey_regions}. The project sample_basin.qgz in {output} opens all layers.</source>
        <extracomment>algorithms/prepare/sampledata.py</extracomment>
        <translation>调查区域为 {survey_regions}。{output} 中的工程 sample_basin.qgz 可打开所有图层。</translation>
    </message>
    <message>
        <source>True daily GST of {first_year} (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>{first_year} 年真实逐日 GST（模拟）</translation>
    </message>
    <message>
        <source>Both GRID and EXTENT, CRS or RESOLUTION are given: choose either GRID or the others.</source>
        <extracomment>algorithms/prepare/target.py</extracomment>
        <translation>既给出了 GRID，又给出了 EXTENT、CRS 或 RESOLUTION：请只选 GRID 或其余各项。</translation>
    </message>
    <message>
        <source>Project &apos;{path}&apos; cannot be written ({error}): choose another folder.</source>
        <extracomment>algorithms/project.py</extracomment>
        <translation>工程“{path}”无法写入（{error}）：请另选文件夹。</translation>
    </message>
    <message>
        <source>REPORTS holds no file: choose at least one report.</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>REPORTS 中没有文件：请至少选择一份报告。</translation>
    </message>
    <message>
        <source>Report &apos;{path}&apos; cannot be read ({error}): check that the file exists and is whole.</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>报告“{path}”无法读取（{error}）：请检查文件是否存在且完整。</translation>
    </message>
    <message>
        <source>CRS is not known to QGIS: write it as EPSG:32644, as PROJ:+proj=..., or as WKT.</source>
        <extracomment>algorithms/publish/exportproduct.py</extracomment>
        <translation>QGIS 不认识该 CRS：请写成 EPSG:32644、PROJ:+proj=... 或 WKT。</translation>
    </message>
    <message>
        <source>The grid of the product: {grid}.</source>
        <extracomment>algorithms/publish/exportproduct.py</extracomment>
        <translation>数据产品的格网：{grid}。</translation>
    </message>
    <message>
        <source>The product is marked as simulated because its inputs are.</source>
        <extracomment>algorithms/publish/exportproduct.py</extracomment>
        <translation>数据产品被标记为模拟数据，因为其输入是模拟的。</translation>
    </message>
    <message>
        <source>{output} holds {count} files; README.md says what is left to do before the deposit.</source>
        <extracomment>algorithms/publish/exportproduct.py</extracomment>
        <translation>{output} 中有 {count} 个文件；README.md 说明提交之前还需做什么。</translation>
    </message>
    <message>
        <source>at least {low:g}</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>不小于 {low:g}</translation>
    </message>
    <message>
        <source>between {low:g} and {high:g}</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>在 {low:g} 与 {high:g} 之间</translation>
    </message>
    <message>
        <source>{name} &apos;{value}&apos; cannot be opened as a layer: check that the file exists and is whole.</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>{name}“{value}”无法作为图层打开：请检查文件是否存在且完整。</translation>
    </message>
    <message>
        <source>{name} &apos;{value}&apos; does not end in &apos;.{extension}&apos;: choose a file that does.</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>{name}“{value}”不以“.{extension}”结尾：请选择这样的文件。</translation>
    </message>
    <message>
        <source>{name} cannot be written, {reason}: choose another file name.</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>{name} 无法写入，{reason}：请另取文件名。</translation>
    </message>
    <message>
        <source>{name} is &apos;{value}&apos; and has to be a number: write it with a decimal point.</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>{name} 为“{value}”，而应为数值：请用小数点书写。</translation>
    </message>
    <message>
        <source>{name} is not given: choose a value for &apos;{description}&apos;.</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>未给出 {name}：请为“{description}”选择一个值。</translation>
    </message>
    <message>
        <source>{name} is {value:g} and has to be {limits}.</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>{name} 为 {value:g}，而应{limits}。</translation>
    </message>
    <message>
        <source>There is not enough memory: set MEMORY to a smaller number.</source>
        <extracomment>algorithms/sentences.py</extracomment>
        <translation>内存不足：请将 MEMORY 设小一些。</translation>
    </message>
    <message>
        <source>Table &apos;{path}&apos; cannot be written ({reason}): make room or choose another file for {name}.</source>
        <extracomment>algorithms/sinks.py</extracomment>
        <translation>表“{path}”无法写入（{reason}）：请腾出空间，或为 {name} 另选文件。</translation>
    </message>
    <message>
        <source>{error}: choose another file for {name}.</source>
        <extracomment>algorithms/sinks.py</extracomment>
        <translation>{error}：请为 {name} 另选文件。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; was read with settings of its layer in QGIS that are not in its file ({said}): write them into the file before you repeat the run with that command.</source>
        <extracomment>algorithms/task.py</extracomment>
        <translation>“{name}”是按其图层在 QGIS 中的设置读取的，而文件中没有这些设置（{said}）：用该命令重复运行之前，请将其写入文件。</translation>
    </message>
    <message>
        <source>Simulated data, not observed: {simulated}.</source>
        <extracomment>algorithms/task.py</extracomment>
        <translation>模拟数据，非实测：{simulated}。</translation>
    </message>
    <message>
        <source>To repeat this run: </source>
        <extracomment>algorithms/task.py</extracomment>
        <translation>重复本次运行的命令： </translation>
    </message>
    <message>
        <source>{percent:.0f} % done, about {left:.0f} s left</source>
        <extracomment>algorithms/task.py</extracomment>
        <translation>已完成 {percent:.0f}%，约剩 {left:.0f} 秒</translation>
    </message>
    <message>
        <source>{author}: {name}, version {version}. {homepage}</source>
        <extracomment>core/about.py</extracomment>
        <translation>{author}: {name}, 版本 {version}. {homepage}</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds classes outside 0 to {values}: reclassify it first.</source>
        <extracomment>core/assess/areastatistics.py</extracomment>
        <translation>“{name}”含有 0 至 {values} 以外的类别：请先重分类。</translation>
    </message>
    <message>
        <source>class {value}</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>类别 {value}</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{texts}&apos;, which is not among the values of {where} ({listed}): set it to the values that mean permafrost.</source>
        <extracomment>core/assess/binary.py</extracomment>
        <translation>{parameter} 为“{texts}”，不在{where}的值（{listed}）之中：请设为表示多年冻土的值。</translation>
    </message>
    <message>
        <source>{shown} and {more} others up to &apos;{values}&apos;</source>
        <extracomment>core/assess/binary.py</extracomment>
        <translation>{shown} 以及另外 {more} 个，直到“{values}”</translation>
    </message>
    <message>
        <source>Field &apos;{field}&apos; holds &apos;{wrong}&apos;, which is not a number: choose another field or correct the value.</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>字段“{field}”含有“{wrong}”，它不是数值：请另选字段或改正该值。</translation>
    </message>
    <message>
        <source>at depths of {min:g} to {max:g} m (median {median:g} m)</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>（深度 {min:g} 至 {max:g} m，中位数 {median:g} m）</translation>
    </message>
    <message>
        <source>at unknown depth</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>（深度未知）</translation>
    </message>
    <message>
        <source>at {min:g} m depth</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>（深度 {min:g} m）</translation>
    </message>
    <message>
        <source>Only one year is given, and a change needs two: add TTOP of other years.</source>
        <extracomment>core/assess/periods.py</extracomment>
        <translation>只给出了一年，而变化需要两年：请加入其他年份的 TTOP。</translation>
    </message>
    <message>
        <source>The window {label} contains {count} of the years: so short a window shows weather, not climate.</source>
        <extracomment>core/assess/periods.py</extracomment>
        <translation>时段 {label} 只包含 {count} 年：如此短的时段反映的是天气而不是气候。</translation>
    </message>
    <message>
        <source>There are {n_years} years, and a trend needs {min_years}: no trend is tested.</source>
        <extracomment>core/assess/periods.py</extracomment>
        <translation>共有 {n_years} 年，而趋势需要 {min_years} 年：不检验趋势。</translation>
    </message>
    <message>
        <source>Years without TTOP: {missing}.</source>
        <extracomment>core/assess/periods.py</extracomment>
        <translation>没有 TTOP 的年份：{missing}。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds the class {wrong}, and the classes of a permafrost map are 1 permafrost, 2 seasonally frozen ground, 3 glacier and 4 lake: reclassify it first.</source>
        <extracomment>core/assess/transitions.py</extracomment>
        <translation>“{name}”含有类别 {wrong}，而多年冻土图的类别为 1 多年冻土、2 季节冻土、3 冰川、4 湖泊：请先重分类。</translation>
    </message>
    <message>
        <source>: give temperatures in the unit that is chosen, and leave cells without one empty</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>：请给出所选单位的温度，没有温度的单元格留空</translation>
    </message>
    <message>
        <source>{what}, station &apos;{stations}&apos;,</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>{what}中站点“{stations}”</translation>
    </message>
    <message>
        <source>Barren or sparsely vegetated</source>
        <extracomment>core/classes.py</extracomment>
        <translation>裸地或稀疏植被</translation>
    </message>
    <message>
        <source>Closed shrubland</source>
        <extracomment>core/classes.py</extracomment>
        <translation>郁闭灌丛</translation>
    </message>
    <message>
        <source>Continuous permafrost (90-100 %)</source>
        <extracomment>core/classes.py</extracomment>
        <translation>连续多年冻土（90-100%）</translation>
    </message>
    <message>
        <source>Cropland</source>
        <extracomment>core/classes.py</extracomment>
        <translation>农田</translation>
    </message>
    <message>
        <source>Cropland and natural vegetation mosaic</source>
        <extracomment>core/classes.py</extracomment>
        <translation>农田与自然植被镶嵌体</translation>
    </message>
    <message>
        <source>Deciduous broadleaf forest</source>
        <extracomment>core/classes.py</extracomment>
        <translation>落叶阔叶林</translation>
    </message>
    <message>
        <source>Deciduous needleleaf forest</source>
        <extracomment>core/classes.py</extracomment>
        <translation>落叶针叶林</translation>
    </message>
    <message>
        <source>Discontinuous permafrost (50-90 %)</source>
        <extracomment>core/classes.py</extracomment>
        <translation>不连续多年冻土（50-90%）</translation>
    </message>
    <message>
        <source>Evergreen broadleaf forest</source>
        <extracomment>core/classes.py</extracomment>
        <translation>常绿阔叶林</translation>
    </message>
    <message>
        <source>Evergreen needleleaf forest</source>
        <extracomment>core/classes.py</extracomment>
        <translation>常绿针叶林</translation>
    </message>
    <message>
        <source>Glacier</source>
        <extracomment>core/classes.py</extracomment>
        <translation>冰川</translation>
    </message>
    <message>
        <source>Glacier at both times</source>
        <extracomment>core/classes.py</extracomment>
        <translation>两期均为冰川</translation>
    </message>
    <message>
        <source>Glacier, then lake</source>
        <extracomment>core/classes.py</extracomment>
        <translation>冰川→湖泊</translation>
    </message>
    <message>
        <source>Glacier, then permafrost</source>
        <extracomment>core/classes.py</extracomment>
        <translation>冰川→多年冻土</translation>
    </message>
    <message>
        <source>Glacier, then seasonally frozen ground</source>
        <extracomment>core/classes.py</extracomment>
        <translation>冰川→季节冻土</translation>
    </message>
    <message>
        <source>Grassland</source>
        <extracomment>core/classes.py</extracomment>
        <translation>草地</translation>
    </message>
    <message>
        <source>Isolated permafrost (above 0, below 10 %)</source>
        <extracomment>core/classes.py</extracomment>
        <translation>岛状多年冻土（大于 0，小于 10%）</translation>
    </message>
    <message>
        <source>Lake</source>
        <extracomment>core/classes.py</extracomment>
        <translation>湖泊</translation>
    </message>
    <message>
        <source>Lake at both times</source>
        <extracomment>core/classes.py</extracomment>
        <translation>两期均为湖泊</translation>
    </message>
    <message>
        <source>Lake, then glacier</source>
        <extracomment>core/classes.py</extracomment>
        <translation>湖泊→冰川</translation>
    </message>
    <message>
        <source>Lake, then permafrost</source>
        <extracomment>core/classes.py</extracomment>
        <translation>湖泊→多年冻土</translation>
    </message>
    <message>
        <source>Lake, then seasonally frozen ground</source>
        <extracomment>core/classes.py</extracomment>
        <translation>湖泊→季节冻土</translation>
    </message>
    <message>
        <source>Mixed forest</source>
        <extracomment>core/classes.py</extracomment>
        <translation>混交林</translation>
    </message>
    <message>
        <source>No permafrost (0 %)</source>
        <extracomment>core/classes.py</extracomment>
        <translation>无多年冻土（0%）</translation>
    </message>
    <message>
        <source>Open shrubland</source>
        <extracomment>core/classes.py</extracomment>
        <translation>稀疏灌丛</translation>
    </message>
    <message>
        <source>Outside the training range</source>
        <extracomment>core/classes.py</extracomment>
        <translation>超出训练范围</translation>
    </message>
    <message>
        <source>Permafrost</source>
        <extracomment>core/classes.py</extracomment>
        <translation>多年冻土</translation>
    </message>
    <message>
        <source>Permafrost at both times</source>
        <extracomment>core/classes.py</extracomment>
        <translation>两期均为多年冻土</translation>
    </message>
    <message>
        <source>Permafrost in both</source>
        <extracomment>core/classes.py</extracomment>
        <translation>两者均为多年冻土</translation>
    </message>
    <message>
        <source>Permafrost in neither</source>
        <extracomment>core/classes.py</extracomment>
        <translation>两者均非多年冻土</translation>
    </message>
    <message>
        <source>Permafrost in the map only</source>
        <extracomment>core/classes.py</extracomment>
        <translation>仅图上为多年冻土</translation>
    </message>
    <message>
        <source>Permafrost in the reference only</source>
        <extracomment>core/classes.py</extracomment>
        <translation>仅参考数据为多年冻土</translation>
    </message>
    <message>
        <source>Permafrost newly in equilibrium with the climate</source>
        <extracomment>core/classes.py</extracomment>
        <translation>新近与气候平衡的多年冻土</translation>
    </message>
    <message>
        <source>Permafrost no longer in equilibrium with the climate</source>
        <extracomment>core/classes.py</extracomment>
        <translation>不再与气候平衡的多年冻土</translation>
    </message>
    <message>
        <source>Permafrost, then glacier</source>
        <extracomment>core/classes.py</extracomment>
        <translation>多年冻土→冰川</translation>
    </message>
    <message>
        <source>Permafrost, then lake</source>
        <extracomment>core/classes.py</extracomment>
        <translation>多年冻土→湖泊</translation>
    </message>
    <message>
        <source>Permanent snow and ice</source>
        <extracomment>core/classes.py</extracomment>
        <translation>永久冰雪</translation>
    </message>
    <message>
        <source>Permanent wetland</source>
        <extracomment>core/classes.py</extracomment>
        <translation>永久湿地</translation>
    </message>
    <message>
        <source>Savanna</source>
        <extracomment>core/classes.py</extracomment>
        <translation>稀树草原</translation>
    </message>
    <message>
        <source>Seasonally frozen ground</source>
        <extracomment>core/classes.py</extracomment>
        <translation>季节冻土</translation>
    </message>
    <message>
        <source>Seasonally frozen ground at both times</source>
        <extracomment>core/classes.py</extracomment>
        <translation>两期均为季节冻土</translation>
    </message>
    <message>
        <source>Seasonally frozen ground, then glacier</source>
        <extracomment>core/classes.py</extracomment>
        <translation>季节冻土→冰川</translation>
    </message>
    <message>
        <source>Seasonally frozen ground, then lake</source>
        <extracomment>core/classes.py</extracomment>
        <translation>季节冻土→湖泊</translation>
    </message>
    <message>
        <source>Sporadic permafrost (10-50 %)</source>
        <extracomment>core/classes.py</extracomment>
        <translation>零星多年冻土（10-50%）</translation>
    </message>
    <message>
        <source>Urban and built-up</source>
        <extracomment>core/classes.py</extracomment>
        <translation>城市与建成区</translation>
    </message>
    <message>
        <source>Water bodies</source>
        <extracomment>core/classes.py</extracomment>
        <translation>水体</translation>
    </message>
    <message>
        <source>Within the training range</source>
        <extracomment>core/classes.py</extracomment>
        <translation>在训练范围内</translation>
    </message>
    <message>
        <source>Woody savanna</source>
        <extracomment>core/classes.py</extracomment>
        <translation>多树草原</translation>
    </message>
    <message>
        <source>{n} of {count} maps agree</source>
        <extracomment>core/classes.py</extracomment>
        <translation>{count} 幅图中有 {n} 幅一致</translation>
    </message>
    <message>
        <source>A confusion matrix has negative or missing counts: provide counts of 0 or more.</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>混淆矩阵含有负值或缺失的计数：请给出不小于 0 的计数。</translation>
    </message>
    <message>
        <source>A confusion matrix of shape {shape} does not match {n_labels} classes: provide {n_labels} x {n_labels} counts.</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>形状为 {shape} 的混淆矩阵与 {n_labels} 个类别不符：请给出 {n_labels} x {n_labels} 个计数。</translation>
    </message>
    <message>
        <source>A sample of shape {shape} does not match {size} mapped areas: provide one per class.</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>形状为 {shape} 的样本与 {size} 个制图面积不符：请为每个类别给出一个。</translation>
    </message>
    <message>
        <source>A {what} has the index {max}, and only 0 to {limit} exist: reclassify it first.</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>{what}的编号为 {max}，而只有 0 至 {limit}：请先重分类。</translation>
    </message>
    <message>
        <source>The mapped areas sum to zero: provide the area of each class on the map.</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>制图面积之和为零：请给出图上各类别的面积。</translation>
    </message>
    <message>
        <source>dates are serial numbers of a spreadsheet: {first} is {serial_day}</source>
        <extracomment>core/days.py</extracomment>
        <translation>日期是电子表格的序列号：{first} 即 {serial_day}</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; {reason}: the file seems to be damaged or truncated, so get it again.</source>
        <extracomment>core/errors.py</extracomment>
        <translation>栅格“{name}”{reason}：文件似乎已损坏或被截断，请重新获取。</translation>
    </message>
    <message>
        <source>&apos;{final}&apos; cannot be replaced (it is a whole disk): choose a folder in it.</source>
        <extracomment>core/files.py</extracomment>
        <translation>“{final}”不能被替换（它是整个磁盘）：请选择其中的文件夹。</translation>
    </message>
    <message>
        <source>&apos;{final}&apos; cannot be written ({strerror}): make room or choose another folder.</source>
        <extracomment>core/files.py</extracomment>
        <translation>“{final}”无法写入（{strerror}）：请腾出空间或另选文件夹。</translation>
    </message>
    <message>
        <source>&apos;{folder}&apos; cannot be written ({strerror}): make room for temporary files.</source>
        <extracomment>core/files.py</extracomment>
        <translation>“{folder}”无法写入（{strerror}）：请为临时文件腾出空间。</translation>
    </message>
    <message>
        <source>The first month of the year is {year_start}: choose 1 to {months}.</source>
        <extracomment>core/gst/degreedays.py</extracomment>
        <translation>年度的首月为 {year_start}：请选 1 至 {months}。</translation>
    </message>
    <message>
        <source>The series goes from {before} to {after}: sort its days, and keep each of them once.</source>
        <extracomment>core/gst/degreedays.py</extracomment>
        <translation>序列从 {before} 跳到 {after}：请将日期排序，且每日只保留一次。</translation>
    </message>
    <message>
        <source>The series {period} covers no whole year that begins in month {year_start}: give a longer one, or choose another first month of the year.</source>
        <extracomment>core/gst/degreedays.py</extracomment>
        <translation>序列（{period}）不包含以 {year_start} 月为首月的完整年度：请给出更长的序列，或另选年度的首月。</translation>
    </message>
    <message>
        <source>{min_days} valid days per month are required: choose 1 to {max_min_days}.</source>
        <extracomment>core/gst/degreedays.py</extracomment>
        <translation>要求每月 {min_days} 个有效日：请选 1 至 {max_min_days}。</translation>
    </message>
    <message>
        <source> between {low:g} and {high:g}</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>，在 {low:g} 与 {high:g} 之间</translation>
    </message>
    <message>
        <source> from 0 to {high:g}</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>，从 0 到 {high:g}</translation>
    </message>
    <message>
        <source>a list of different names</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>互不相同的名称的列表</translation>
    </message>
    <message>
        <source>a list of names</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>名称的列表</translation>
    </message>
    <message>
        <source>a list of {n_limits} numbers</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>{n_limits} 个数的列表</translation>
    </message>
    <message>
        <source>a number{between}</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>数{between}</translation>
    </message>
    <message>
        <source>a whole number</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>整数</translation>
    </message>
    <message>
        <source>an object</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>对象</translation>
    </message>
    <message>
        <source>one of {tokens}</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>{tokens} 之一</translation>
    </message>
    <message>
        <source>{name} has no {place_of}: fit the model again.</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>{name}没有 {place_of}：请重新拟合模型。</translation>
    </message>
    <message>
        <source>{name} has {value} as {place_of}, not {expected}: fit the model again.</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>{name}的 {place_of} 为 {value}，而应为{expected}：请重新拟合模型。</translation>
    </message>
    <message>
        <source>Only station &apos;{stations}&apos; has rows</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>只有站点“{stations}”有行</translation>
    </message>
    <message>
        <source>Penalties from {alpha_min:g} to {alpha_max:g} do not form a range: choose a smallest one above 0 and a largest one that is not below it.</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>{alpha_min:g} 至 {alpha_max:g} 的惩罚系数不成范围：请令最小值大于 0，且最大值不小于最小值。</translation>
    </message>
    <message>
        <source>Predictor {name}</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>自变量 {name}</translation>
    </message>
    <message>
        <source>Season {season}</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>季节 {season}</translation>
    </message>
    <message>
        <source>The method of regression is &apos;{method}&apos;: choose one of {methods}.</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>回归方法为“{method}”：请从 {methods} 中选择。</translation>
    </message>
    <message>
        <source>The penalty {alphas:g} is at the end of its range: widen the range of penalties.</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>惩罚系数 {alphas:g} 处于其范围的端点：请扩大惩罚系数的范围。</translation>
    </message>
    <message>
        <source>{found} with all of {names}: give at least two stations, or fewer predictors.</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>{found}具备 {names} 全部各项：请给出至少两个站点，或减少自变量。</translation>
    </message>
    <message>
        <source>{name} is {values:g} in every row: choose another one, or rows in which it varies.</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>{name} 在每一行都是 {values:g}：请另选一个，或选取其值有变化的行。</translation>
    </message>
    <message>
        <source>{what} has {rows} rows of {stations} stations with all of {names}, and at least {min_rows} rows of 2 stations are needed: {remedy}.</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>{what}中具备 {names} 全部各项的有 {stations} 个站点的 {rows} 行，而至少需要 2 个站点的 {min_rows} 行：{remedy}。</translation>
    </message>
    <message>
        <source>Stations of &apos;{table}&apos; that have no point in &apos;{layer}&apos;: {names}.</source>
        <extracomment>core/gst/matchup.py</extracomment>
        <translation>“{table}”中在“{layer}”里没有点的站点：{names}。</translation>
    </message>
    <message>
        <source>Stations without a row: {without_row}.</source>
        <extracomment>core/gst/matchup.py</extracomment>
        <translation>没有行的站点：{without_row}。</translation>
    </message>
    <message>
        <source>{used} of {n_station_names} stations, {min} to {max}.</source>
        <extracomment>core/gst/matchup.py</extracomment>
        <translation>{n_station_names} 个站点中使用 {used} 个，{min} 至 {max}。</translation>
    </message>
    <message>
        <source>The GST model predicts from {predictors}, and {absent} is not given: give it, or fit a model without it.</source>
        <extracomment>core/gst/model.py</extracomment>
        <translation>GST 模型由 {predictors} 预测，而未给出 {absent}：请给出，或拟合不含它的模型。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not a GST model ({size:,} bytes): choose another file.</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>“{name}”不是 GST 模型（{size:,} 字节）：请另选文件。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not a GST model: choose a file written by &apos;Fit GST model&apos;.</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>“{name}”不是 GST 模型：请选择由“拟合 GST 模型”写出的文件。</translation>
    </message>
    <message>
        <source>GST model &apos;{name}&apos;</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>GST 模型“{name}”</translation>
    </message>
    <message>
        <source>GST model &apos;{name}&apos; cannot be read ({error}): choose another file.</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>GST 模型“{name}”无法读取（{error}）：请另选文件。</translation>
    </message>
    <message>
        <source>GST model &apos;{name}&apos; is not a JSON document ({error}): fit the model again.</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>GST 模型“{name}”不是 JSON 文档（{error}）：请重新拟合模型。</translation>
    </message>
    <message>
        <source>GST model &apos;{name}&apos; is of version {quoted}, and this release reads version {version}: fit the model again.</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>GST 模型“{name}”的版本为 {quoted}，而本版软件读取版本 {version}：请重新拟合模型。</translation>
    </message>
    <message>
        <source>a list of at most {max_predictors} names</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>至多 {max_predictors} 个名称的列表</translation>
    </message>
    <message>
        <source>a list of equations, at most {max_predictors}</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>方程的列表，至多 {max_predictors} 个</translation>
    </message>
    <message>
        <source>a list of numbers above 0</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>大于 0 的数的列表</translation>
    </message>
    <message>
        <source>a list with an LST</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>含有 LST 的列表</translation>
    </message>
    <message>
        <source>an object with {pooled}, or with {seasons}</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>含有 {pooled} 或 {seasons} 的对象</translation>
    </message>
    <message>
        <source>equations of which the first takes all predictors</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>第一个取全部自变量的方程</translation>
    </message>
    <message>
        <source>some of {predictors}, then {pairs} harmonics of the year</source>
        <extracomment>core/gst/modelfile.py</extracomment>
        <translation>{predictors} 中的若干项，其后是年周期的 {pairs} 个谐波</translation>
    </message>
    <message>
        <source>&apos;{day_name}&apos; is colder than &apos;{night_name}&apos; by {median:.3g} K in the median: they seem to be swapped, exchange them.</source>
        <extracomment>core/gst/overpasses.py</extracomment>
        <translation>“{day_name}”的中位数比“{night_name}”低 {median:.3g} K：两者似乎弄反了，请对调。</translation>
    </message>
    <message>
        <source>{n} rows cannot be divided into {k} random folds: choose a number from 2 to {n}.</source>
        <extracomment>core/gst/ridge.py</extracomment>
        <translation>{n} 行不能分成 {k} 个随机折：请选 2 至 {n}。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; has no row that can be used ({reason}{example}): {remedy}.</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>表“{name}”没有可用的行（{reason}{example}）：{remedy}。</translation>
    </message>
    <message>
        <source>all rows of station &apos;{names}&apos; from {min} to {max}</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>站点“{names}”{min} 至 {max} 的全部行</translation>
    </message>
    <message>
        <source>{name} is missing in {rows} of the used rows.</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>所用的行中有 {rows} 行缺少 {name}。</translation>
    </message>
    <message>
        <source>{rows} rows of table &apos;{name}&apos; cannot be used, which make up {share} ({reason}, {example}): {remedy}.</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>表“{name}”有 {rows} 行不能使用，占{share}（{reason}，{example}）：{remedy}。</translation>
    </message>
    <message>
        <source>{sentence} They make up {share}: {remedy}.</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>{sentence}它们占{share}：{remedy}。</translation>
    </message>
    <message>
        <source>{share:.0f} % of the table</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>全表的 {share:.0f}%</translation>
    </message>
    <message>
        <source>{shares:.0f} % of the rows of station &apos;{names}&apos;</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>站点“{names}”各行的 {shares:.0f}%</translation>
    </message>
    <message>
        <source>{used} of {rows} rows are used.</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>{rows} 行中使用了 {used} 行。</translation>
    </message>
    <message>
        <source> and {more} more</source>
        <extracomment>core/gst/stations.py</extracomment>
        <translation>以及另外 {more} 个</translation>
    </message>
    <message>
        <source>stations spelled differently are taken as the same: {shortened}</source>
        <extracomment>core/gst/stations.py</extracomment>
        <translation>拼写不同的站点视为同一站点：{shortened}</translation>
    </message>
    <message>
        <source>&apos;{date}&apos; is ambiguous</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>“{date}”有歧义</translation>
    </message>
    <message>
        <source>&apos;{date}&apos; is not a date</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>“{date}”不是日期</translation>
    </message>
    <message>
        <source>&apos;{target}&apos; is a text</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>“{target}”是文本</translation>
    </message>
    <message>
        <source>&apos;{target}&apos; is missing</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>“{target}”缺失</translation>
    </message>
    <message>
        <source>&apos;{target}&apos; is outside {low:g} to {high:g} °C</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>“{target}”超出 {low:g} 至 {high:g} °C</translation>
    </message>
    <message>
        <source>, for example &apos;{column}&apos; in row {row}</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>，例如第 {row} 行的“{column}”</translation>
    </message>
    <message>
        <source>Column &apos;{target}&apos; of table &apos;{name}&apos;</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>表“{name}”的列“{target}”</translation>
    </message>
    <message>
        <source>Column &apos;{title}&apos; of table &apos;{name}&apos;</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>表“{name}”的列“{title}”</translation>
    </message>
    <message>
        <source>No LST of table &apos;{name}&apos; is among the predictors: choose at least one.</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>自变量中没有表“{name}”的 LST：请至少选择一个。</translation>
    </message>
    <message>
        <source>Table &apos;{table}&apos; has no column &apos;{column}&apos;: it has {columns}.</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>表“{table}”没有列“{column}”：它有 {columns}。</translation>
    </message>
    <message>
        <source>no station in &apos;{station}&apos;</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>“{station}”中没有站点</translation>
    </message>
    <message>
        <source>{beyond}, a fill value</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>{beyond}，是填充值</translation>
    </message>
    <message>
        <source>{texts} texts</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>{texts} 个文本</translation>
    </message>
    <message>
        <source>{what} holds {holds}{example}: choose another one, write numbers with a decimal point, and give temperatures in the unit that is chosen.</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>{what}含有{holds}{example}：请另选一列，数值用小数点书写，并给出所选单位的温度。</translation>
    </message>
    <message>
        <source>The fit &apos;{fit}&apos; is unknown: choose one of {fits}.</source>
        <extracomment>core/lst/fill.py</extracomment>
        <translation>拟合方法“{fit}”未知：请从 {fits} 中选择。</translation>
    </message>
    <message>
        <source>nugget of up to {nugget:.2g} K² added and included in the standard deviation: without it kriging systems cannot be solved in double precision</source>
        <extracomment>core/lst/fill.py</extracomment>
        <translation>增加了至多 {nugget:.2g} K² 的块金值并计入标准差：否则克里格方程组无法以双精度求解</translation>
    </message>
    <message>
        <source>trend &apos;{kind}&apos; instead of &apos;{trend}&apos;: {fallback}</source>
        <extracomment>core/lst/fill.py</extracomment>
        <translation>以趋势“{kind}”代替“{trend}”：{fallback}</translation>
    </message>
    <message>
        <source>{departures} of {n_scenes} scenes were not filled with the requested trend or variogram: the log gives the reason for each.</source>
        <extracomment>core/lst/filled.py</extracomment>
        <translation>{n_scenes} 景影像中有 {departures} 景没有按要求的趋势或变异函数插补：各自的原因见日志。</translation>
    </message>
    <message>
        <source>{remaining} gaps remain: their scenes have no known cell.</source>
        <extracomment>core/lst/filled.py</extracomment>
        <translation>仍有 {remaining} 个缺测：所在影像没有有值像元。</translation>
    </message>
    <message>
        <source>A cell of {min:g} x {cell_height:g} m cannot be kriged: give sizes above 0 in metres.</source>
        <extracomment>core/lst/kriging.py</extracomment>
        <translation>{min:g} x {cell_height:g} m 的像元无法作克里格插值：请给出大于 0 的像元大小（m）。</translation>
    </message>
    <message>
        <source>The kriging backend &apos;{backend}&apos; is unknown: choose one of {backends}.</source>
        <extracomment>core/lst/kriging.py</extracomment>
        <translation>克里格后端“{backend}”未知：请从 {backends} 中选择。</translation>
    </message>
    <message>
        <source>The search radius is {radius} m: give a positive distance.</source>
        <extracomment>core/lst/kriging.py</extracomment>
        <translation>搜索半径为 {radius} m：请给出大于 0 的距离。</translation>
    </message>
    <message>
        <source>{size} cell widths do not fit {n_known} rows: give one for each row.</source>
        <extracomment>core/lst/kriging.py</extracomment>
        <translation>{size} 个像元宽度与 {n_known} 行不符：请每行给出一个。</translation>
    </message>
    <message>
        <source>The variogram model &apos;{model}&apos; is unbounded and cannot be fitted by likelihood: choose a bounded one.</source>
        <extracomment>core/lst/likelihood.py</extracomment>
        <translation>变异函数模型“{model}”无界，不能用似然法拟合：请选择有界的模型。</translation>
    </message>
    <message>
        <source>A search by octant with {neighbours} neighbours leaves sectors empty: give at least 8.</source>
        <extracomment>core/lst/neighbours.py</extracomment>
        <translation>以 {neighbours} 个邻近点作八分象限搜索会有空的象限：请给出至少 8 个。</translation>
    </message>
    <message>
        <source>The search &apos;{search}&apos; is unknown: choose one of {searches}.</source>
        <extracomment>core/lst/neighbours.py</extracomment>
        <translation>搜索方式“{search}”未知：请从 {searches} 中选择。</translation>
    </message>
    <message>
        <source>{neighbours} neighbours cannot be used for kriging: give at least 1.</source>
        <extracomment>core/lst/neighbours.py</extracomment>
        <translation>{neighbours} 个邻近点不能用于克里格插值：请给出至少 1 个。</translation>
    </message>
    <message>
        <source>A trend with elevation at a fixed lapse rate of {lapse_rate:g} K/km</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>以固定温度直减率 {lapse_rate:g} K/km 计的高程趋势</translation>
    </message>
    <message>
        <source>a given {model} variogram</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>给定的 {model} 变异函数</translation>
    </message>
    <message>
        <source>a variogram ({variogram}) fitted to the empirical variogram</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>对经验变异函数拟合的变异函数（{variogram}）</translation>
    </message>
    <message>
        <source>two nested exponential variograms with geometric anisotropy, estimated by approximate likelihood</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>以近似似然估计的、具几何各向异性的双重套合指数变异函数</translation>
    </message>
    <message>
        <source>A share of {share} of the known cells cannot be withheld: give a number between 0 and 1.</source>
        <extracomment>core/lst/scores.py</extracomment>
        <translation>不能留出有值像元的 {share}：请给出 0 与 1 之间的数。</translation>
    </message>
    <message>
        <source>No scene of the stack has gaps to take clouds from: withhold single cells instead.</source>
        <extracomment>core/lst/scores.py</extracomment>
        <translation>影像序列中没有任何影像含缺测，无从取得云的形状：请改为留出单个像元。</translation>
    </message>
    <message>
        <source>The variogram &apos;{model}&apos; (nugget {nugget:g}, sill {sill:g}, range {range:g} m) has semivariances that are not finite, or all 0, at the distances between neighbours: give another sill or range.</source>
        <extracomment>core/lst/systems.py</extracomment>
        <translation>变异函数“{model}”（块金值 {nugget:g}，基台值 {sill:g}，变程 {range:g} m）在邻近点的距离上的半方差非有限或全为 0：请另给基台值或变程。</translation>
    </message>
    <message>
        <source>The DEM has no valid cell within the scene: give one that covers it.</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>DEM 在影像范围内没有有效像元：请给出覆盖它的 DEM。</translation>
    </message>
    <message>
        <source>The trend &apos;{kind}&apos; is unknown: choose one of {trends}.</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>趋势“{kind}”未知：请从 {trends} 中选择。</translation>
    </message>
    <message>
        <source>The trend &apos;{kind}&apos; needs a DEM: give one, or choose the trend &apos;none&apos;.</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>趋势“{kind}”需要 DEM：请给出，或选择趋势“none”。</translation>
    </message>
    <message>
        <source>a slope of {slope:.1f} K/km is not plausible</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>{slope:.1f} K/km 的斜率不合理</translation>
    </message>
    <message>
        <source>the slope of {slope:.1f} K/km on elevation is too uncertain</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>{slope:.1f} K/km 的高程斜率不确定性过大</translation>
    </message>
    <message>
        <source>, smoothness {smoothness:.2g}</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>，光滑度 {smoothness:.2g}</translation>
    </message>
    <message>
        <source>; longest towards {angle:.0f}° from east, ratio {anisotropy:.2f}</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>；最长方向自东起 {angle:.0f}°，比值 {anisotropy:.2f}</translation>
    </message>
    <message>
        <source>; nested: {structure}</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>；套合：{structure}</translation>
    </message>
    <message>
        <source>The variogram&apos;s anisotropy is {anisotropy}: give a positive ratio of two ranges.</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>变异函数的各向异性为 {anisotropy}：请给出两个变程之比，须大于 0。</translation>
    </message>
    <message>
        <source>The variogram&apos;s range is {range}: give a positive distance in metres.</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>变异函数的变程为 {range}：请给出大于 0 的距离（m）。</translation>
    </message>
    <message>
        <source>The variogram&apos;s smoothness is {smoothness}: give a positive number, below 2 for &apos;power&apos;.</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>变异函数的光滑度为 {smoothness}：请给出大于 0 的数，“power”时须小于 2。</translation>
    </message>
    <message>
        <source>The variogram&apos;s {name} is {value}: give a number that is not negative.</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>变异函数的 {name} 为 {value}：请给出非负数。</translation>
    </message>
    <message>
        <source>Variogram model &apos;{model}&apos; is unknown: choose one of {models}.</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>变异函数模型“{model}”未知：请从 {models} 中选择。</translation>
    </message>
    <message>
        <source>{model}, nugget {nugget:.3g} K², {structure}</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>{model}，块金值 {nugget:.3g} K²，{structure}</translation>
    </message>
    <message>
        <source>All {sum} usable cells of the survey show {shown}, and r_k can only be calibrated where both occur: check which values of the survey map mean permafrost, or use a survey that crosses the limit of permafrost.</source>
        <extracomment>core/permafrost/calibrate.py</extracomment>
        <translation>调查图的全部 {sum} 个可用像元均为{shown}，而只有两者都出现时才能率定 r_k：请检查调查图的哪些值表示多年冻土，或使用跨越多年冻土界线的调查图。</translation>
    </message>
    <message>
        <source>On held-out cells r_k by class (kappa {by_class:.4f}) is no better than the best single r_k ({uniform:.4f}): use r_k {uniform_r_k:.3f} for all cells, or other classes.</source>
        <extracomment>core/permafrost/calibration_result.py</extracomment>
        <translation>在留出像元上，按类别取 r_k（Kappa 系数 {by_class:.4f}）不优于最优单一 r_k（{uniform:.4f}）：请对所有像元取 r_k {uniform_r_k:.3f}，或换用其他类别。</translation>
    </message>
    <message>
        <source>r_k exceeds 1 for the classes {listed}, which is plausible only where the soil conducts heat better thawed than frozen.</source>
        <extracomment>core/permafrost/calibration_result.py</extracomment>
        <translation>类别 {listed} 的 r_k 大于 1，只有在土的融化导热系数大于冻结导热系数之处才合理。</translation>
    </message>
    <message>
        <source>r_k lies at an end of the range {low:g} to {high:g} for the classes {listed}: check DDT and DDF there, or widen the range.</source>
        <extracomment>core/permafrost/calibration_result.py</extracomment>
        <translation>类别 {listed} 的 r_k 处于范围 {low:g} 至 {high:g} 的端点：请检查该处的 DDT 和 DDF，或扩大范围。</translation>
    </message>
    <message>
        <source>{missing} folds could not be held out, because the rest of the survey shows permafrost everywhere or nowhere.</source>
        <extracomment>core/permafrost/calibration_result.py</extracomment>
        <translation>有 {missing} 折无法留出，因为调查图的其余部分处处有或处处无多年冻土。</translation>
    </message>
    <message>
        <source>The survey lies in {n_used} blocks, too few for {folds} folds of whole blocks: use smaller blocks or fewer folds.</source>
        <extracomment>core/permafrost/cross_validation.py</extracomment>
        <translation>调查图分布于 {n_used} 个块中，不足以按整块分成 {folds} 折：请减小块的大小或减少折数。</translation>
    </message>
    <message>
        <source>Whichever part of the survey is held out, the rest shows permafrost everywhere or nowhere: use smaller blocks or more folds.</source>
        <extracomment>core/permafrost/cross_validation.py</extracomment>
        <translation>无论留出调查图的哪一部分，其余部分都处处有或处处无多年冻土：请减小块的大小或增加折数。</translation>
    </message>
    <message>
        <source> and {max_listed} more</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>以及另外 {max_listed} 个</translation>
    </message>
    <message>
        <source>Line {line} of table &apos;{name}&apos;</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>表“{name}”第 {line} 行</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; cannot be read ({error}): use a CSV file in UTF-8.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>表“{name}”无法读取（{error}）：请使用 UTF-8 编码的 CSV 文件。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; has no r_k for {share:.3g} % of the land of &apos;{landcover}&apos;, the classes {listed}{more}: choose the table {which}.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>表“{name}”对“{landcover}”陆地面积的 {share:.3g}% 没有 r_k，即类别 {listed}{more}：请选择表 {which}。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; holds no class: add at least one line with class and r_k.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>表“{name}”不含类别：请至少加入一行类别和 r_k。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; needs the columns class and r_k in its first line: add them to it.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>表“{name}”的第一行需要有 class 和 r_k 两列：请补上。</translation>
    </message>
    <message>
        <source>{fitting}, which has all of them</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>{fitting}，它包含所有这些类别</translation>
    </message>
    <message>
        <source>{value} ({number} cells)</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>{value}（{number} 个像元）</translation>
    </message>
    <message>
        <source>{where} assigns r_k {value:g} to class {text_key}: it has to be {low:g} to {high:g}.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>{where}给类别 {text_key} 的 r_k 为 {value:g}：它应为 {low:g} 至 {high:g}。</translation>
    </message>
    <message>
        <source>{where} has class &apos;{text_key}&apos; and r_k &apos;{text_value}&apos;: both have to be numbers.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>{where}的类别为“{text_key}”，r_k 为“{text_value}”：两者都应为数值。</translation>
    </message>
    <message>
        <source>{where} lists class {text_key} a second time: remove one of the lines.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>{where}第二次列出类别 {text_key}：请删去其中一行。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds the r_k {flat:.6g}, and ratios of conductivities lie between {low:g} and {high:g}: check that it holds r_k.</source>
        <extracomment>core/permafrost/ttop.py</extracomment>
        <translation>“{name}”的 r_k 为 {flat:.6g}，而导热系数之比应在 {low:g} 至 {high:g} 之间：请检查它是否为 r_k。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds {lowest:.6g}, and degree days are sums of magnitudes, 0 or more: reverse the sign of freezing degree days, or tag the fill value as nodata.</source>
        <extracomment>core/permafrost/ttop.py</extracomment>
        <translation>图层“{name}”的值为 {lowest:.6g}，而冻融指数是绝对值之和，不小于 0：请将冻结指数变号，或将填充值标为无数据值。</translation>
    </message>
    <message>
        <source>the quality {wrong:.6g} is not an integer from 0 to {largest}, so it cannot be decoded: give the layer as it was delivered, without scale and resampling.</source>
        <extracomment>core/prepare/qc.py</extracomment>
        <translation>质量值 {wrong:.6g} 不是 0 至 {largest} 的整数，无法解码：请按原样提供该图层，不作缩放和重采样。</translation>
    </message>
    <message>
        <source>Scenes of {one} are of several products, such as &apos;{first}&apos; and &apos;{second}&apos;: put each product into a folder of its own, or give a pattern of the file names.</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>{one} 的影像属于多个产品，如“{first}”和“{second}”：请将每个产品放入各自的文件夹，或给出文件名模式。</translation>
    </message>
    <message>
        <source>The day shift &apos;{entry}&apos; is not understood: write the overpass ({overpasses}), a colon and the days to add, such as aqua_night:1.</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>无法理解日期偏移“{entry}”：请写过境（{overpasses}）、冒号和要加的天数，如 aqua_night:1。</translation>
    </message>
    <message>
        <source>{overpass} is shifted by both {shifts} and {days} days: keep one of them.</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>{overpass} 同时被偏移 {shifts} 天和 {days} 天：请只保留一个。</translation>
    </message>
    <message>
        <source>Left out of {name}: {reason}</source>
        <extracomment>core/prepare/stacks.py</extracomment>
        <translation>从 {name} 中略去：{reason}</translation>
    </message>
    <message>
        <source>{n_missing} days</source>
        <extracomment>core/prepare/stacks.py</extracomment>
        <translation>{n_missing} 天</translation>
    </message>
    <message>
        <source>{name} has no scene for {days}: {in_words}.</source>
        <extracomment>core/prepare/stacks.py</extracomment>
        <translation>{name} 有 {days} 没有影像：{in_words}。</translation>
    </message>
    <message>
        <source>{name}: {n_days} days, {scenes} with a scene; {done}.</source>
        <extracomment>core/prepare/stacks.py</extracomment>
        <translation>{name}：{n_days} 天，其中 {scenes} 天有影像；{done}。</translation>
    </message>
    <message>
        <source>&apos;{orcid}&apos; is not a valid ORCID: check its digits or leave it out.</source>
        <extracomment>core/publish/entries.py</extracomment>
        <translation>“{orcid}”不是有效的 ORCID：请检查各位数字，或将其去掉。</translation>
    </message>
    <message>
        <source>Author &apos;{part}&apos; is not understood: write &apos;Family, Given [ORCID] (Affiliation)&apos; and a semicolon between authors.</source>
        <extracomment>core/publish/entries.py</extracomment>
        <translation>无法理解作者“{part}”：请写成“Family, Given [ORCID] (Affiliation)”，作者之间用分号。</translation>
    </message>
    <message>
        <source>No author is named: write &apos;Family, Given&apos; and a semicolon between authors.</source>
        <extracomment>core/publish/entries.py</extracomment>
        <translation>没有作者：请写成“Family, Given”，作者之间用分号。</translation>
    </message>
    <message>
        <source>Source &apos;{part}&apos; is not a DOI: write DOIs such as 10.1000/182.</source>
        <extracomment>core/publish/entries.py</extracomment>
        <translation>来源“{part}”不是 DOI：请写如 10.1000/182 的 DOI。</translation>
    </message>
    <message>
        <source>Folder &apos;{folder}&apos; holds &apos;{name}&apos;, which no export has written: choose an empty or a new folder.</source>
        <extracomment>core/publish/folder.py</extracomment>
        <translation>文件夹“{folder}”含有“{name}”，它不是由导出写成的：请选择空文件夹或新文件夹。</translation>
    </message>
    <message>
        <source>Folder &apos;{folder}&apos; is a whole disk: choose a folder in it.</source>
        <extracomment>core/publish/folder.py</extracomment>
        <translation>文件夹“{folder}”是整个磁盘：请选择其中的文件夹。</translation>
    </message>
    <message>
        <source>Adjusted for the sampling</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>抽样校正</translation>
    </message>
    <message>
        <source>All cells</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>全部像元</translation>
    </message>
    <message>
        <source>All measures, per region and pooled. </source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>全部指标，分区域与合计。</translation>
    </message>
    <message>
        <source>All measures. </source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>全部指标。</translation>
    </message>
    <message>
        <source>Cells compared</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>比较的像元数</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>Kappa 系数</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Confusion matrix of all cells compared: counts and shares.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>全部比较像元的混淆矩阵：像元数与比例。</translation>
    </message>
    <message>
        <source>Errors of neighbouring cells are correlated, so the cells contain less information than their number suggests. {bootstrap}</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>相邻像元的误差相关，因此这些像元所含的信息少于其数目所示。{bootstrap}</translation>
    </message>
    <message>
        <source>Kappa per region</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>各区域的 Kappa 系数</translation>
    </message>
    <message>
        <source>Kappa with 95 % intervals for independent cells, per region.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>各区域的 Kappa 系数及其 95% 区间（假定像元独立）。</translation>
    </message>
    <message>
        <source>Overall accuracy</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>总体精度</translation>
    </message>
    <message>
        <source>Producer&apos;s accuracy</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>制图精度</translation>
    </message>
    <message>
        <source>Stratified estimates (Olofsson et al. 2014). Overall accuracy {oa} with standard error {oa_se}.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>分层估计（Olofsson et al. 2014）。总体精度 {oa}，标准误 {oa_se}。</translation>
    </message>
    <message>
        <source>User&apos;s accuracy</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>用户精度</translation>
    </message>
    <message>
        <source>User&apos;s accuracy is the share of the mapped cells that are right, producer&apos;s accuracy the share of the cells of the reference that the map shows.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>用户精度是图上像元中正确者的比例，制图精度是参考数据像元中图上正确反映者的比例。</translation>
    </message>
    <message>
        <source>Where map and reference agree.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>图与参考数据一致之处。</translation>
    </message>
    <message>
        <source>share of permafrost in the reference</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>参考数据中多年冻土的比例</translation>
    </message>
    <message>
        <source> (computed from a thermal conductivity of thawed soil of {conductivity:g} W/(m K), a dry density of {dry_density:g} kg/m³, a water content of {water:g} kg/kg, of which {unfrozen_water:g} kg/kg remain unfrozen, and a latent heat of {latent_heat:g} J/kg)</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>（由以下各项计算：融土导热系数 {conductivity:g} W/(m K)，干密度 {dry_density:g} kg/m³，含水量 {water:g} kg/kg，其中未冻水 {unfrozen_water:g} kg/kg，融化潜热 {latent_heat:g} J/kg）</translation>
    </message>
    <message>
        <source>Cells with permafrost</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>有多年冻土的像元数</translation>
    </message>
    <message>
        <source>Mean thickness [m]</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>平均厚度 [m]</translation>
    </message>
    <message>
        <source>The same E is used for all cells. In reality E varies from soil to soil, so the thickness of a single cell can be far off even if the mean is right.</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>所有像元采用同一个 E。实际上 E 因土而异，因此即使平均值正确，单个像元的厚度也可能相差很大。</translation>
    </message>
    <message>
        <source>The thickness of the active layer was computed with Stefan&apos;s equation as E sqrt(DDT), with E = {factor:.4f} m (°C d)^-1/2{origin} and thawing degree days (DDT) of the ground surface, in cells where the temperature at the top of permafrost is 0 °C or below. It averages {mean:.2f} m, and ranges from {lowest:.2f} to {highest:.2f} m, over {cells} cells.</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>活动层厚度按 Stefan 公式 E sqrt(DDT) 计算，其中 E = {factor:.4f} m (°C d)^-1/2{origin}，DDT 为地面融化指数，只计算多年冻土顶板温度不高于 0 °C 的像元。在 {cells} 个像元上平均为 {mean:.2f} m，范围为 {lowest:.2f} 至 {highest:.2f} m。</translation>
    </message>
    <message>
        <source>Thickness of the active layer.</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>活动层厚度。</translation>
    </message>
    <message>
        <source>computed from the soil</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>由土的性质计算</translation>
    </message>
    <message>
        <source>over cells with permafrost, weighted equally</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>有多年冻土的像元，等权平均</translation>
    </message>
    <message>
        <source>Areas of the classes on the ellipsoid.</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>各类别在椭球面上的面积。</translation>
    </message>
    <message>
        <source>Areas per class. Shares are percentages of the area of all classes in the district.</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>各类别的面积。比例为占该行政区内所有类别面积的百分比。</translation>
    </message>
    <message>
        <source>RMSE by trend</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>各趋势的 RMSE</translation>
    </message>
    <message>
        <source>RMSE by trend.</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>各趋势的 RMSE。</translation>
    </message>
    <message>
        <source>Scores by scene.</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>各景影像的评分。</translation>
    </message>
    <message>
        <source>Scores of the withheld cells of all scenes by trend; all other settings are the same.</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>各趋势下所有影像留出像元的评分；其余设置相同。</translation>
    </message>
    <message>
        <source>error of estimate and uncertainty together</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>估值误差与不确定性的综合</translation>
    </message>
    <message>
        <source>filled minus true</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>插补值减真值</translation>
    </message>
    <message>
        <source>of nominal 95 % intervals</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>名义 95% 区间的覆盖率</translation>
    </message>
    <message>
        <source>of {n} withheld cells</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>共 {n} 个留出像元</translation>
    </message>
    <message>
        <source>{method} Where {share} % of the known cells were withheld ({withheld}; {n_by_scene} scenes, {n} cells), the RMSE was {rmse} K, the mean error {bias} K and the CRPS {crps} K; nominal 95 % intervals covered {coverage} % of the values.</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>{method}留出有值像元的 {share}%（{withheld}；{n_by_scene} 景影像，{n} 个像元）时，RMSE 为 {rmse} K，平均误差为 {bias} K，CRPS 为 {crps} K；名义 95% 区间覆盖 {coverage}% 的值。</translation>
    </message>
    <message>
        <source>{share} % of the known cells of {n_by_scene} scenes were withheld ({withheld}) and filled again from the others.</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>从 {n_by_scene} 景影像的有值像元中留出 {share}%（{withheld}），再由其余像元插补。</translation>
    </message>
    <message>
        <source>; the first {max_rows} of {n_compared}.</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>；{n_compared} 个中的前 {max_rows} 个。</translation>
    </message>
    <message>
        <source>Cells with TTOP and MAGT, as means of their points, and whether permafrost was observed and mapped</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>有 TTOP 和 MAGT 的像元（各点平均），以及观测与图上是否为多年冻土</translation>
    </message>
    <message>
        <source>Column, row</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>列，行</translation>
    </message>
    <message>
        <source>Confusion matrix of boreholes</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>钻孔混淆矩阵</translation>
    </message>
    <message>
        <source>MAGT observed [°C]</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>实测 MAGT [°C]</translation>
    </message>
    <message>
        <source>Mean absolute error [K]</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>平均绝对误差 [K]</translation>
    </message>
    <message>
        <source>Mean error [K]</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>平均误差 [K]</translation>
    </message>
    <message>
        <source>Permafrost by {model} (rows) and as observed (columns), {observed}.</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>按{model}（行）与观测（列）的多年冻土，观测{observed}。</translation>
    </message>
    <message>
        <source>Presence and absence</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>有无多年冻土</translation>
    </message>
    <message>
        <source>Several points in one cell of the map were taken as one observation.</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>同一像元内的多个点作为一个观测。</translation>
    </message>
    <message>
        <source>TTOP against MAGT</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>TTOP 与 MAGT</translation>
    </message>
    <message>
        <source>TTOP against MAGT {depths}, one mark per cell. A positive mean error means that TTOP is too warm.</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>TTOP 与 MAGT{depths}，每个像元一个点。平均误差为正表示 TTOP 偏高。</translation>
    </message>
    <message>
        <source>TTOP minus MAGT {depths}, {n} cells</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>TTOP 减 MAGT{depths}，{n} 个像元</translation>
    </message>
    <message>
        <source>TTOP was compared with MAGT {depths} in {n} cells: mean error {me} K (positive where TTOP is too warm), mean absolute error {mae} K, RMSE {rmse} K.</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>在 {n} 个像元上将 TTOP 与 MAGT{depths}比较：平均误差 {me} K（TTOP 偏高为正），平均绝对误差 {mae} K，RMSE {rmse} K。</translation>
    </message>
    <message>
        <source>by the field &apos;{presence_field}&apos; of &apos;{points}&apos;</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>依据“{points}”的字段“{presence_field}”</translation>
    </message>
    <message>
        <source>where MAGT of &apos;{points}&apos; is 0 °C or below, {depths}</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>依据“{points}”的 MAGT 不高于 0 °C{depths}</translation>
    </message>
    <message>
        <source>Best: {uniform_r_k:.3f}</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>最优：{uniform_r_k:.3f}</translation>
    </message>
    <message>
        <source>Calibrated on</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>率定依据</translation>
    </message>
    <message>
        <source>Cells surveyed</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>调查像元数</translation>
    </message>
    <message>
        <source>Equally good</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>等优范围</translation>
    </message>
    <message>
        <source>Held-out kappa by repeat</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>各次重复的留出 Kappa 系数</translation>
    </message>
    <message>
        <source>Held-out kappa of each repeat, that is of each random assignment of the blocks to folds.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>各次重复（即各次将块随机分折）的留出 Kappa 系数。</translation>
    </message>
    <message>
        <source>Held-out kappa, r_k by class</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>留出 Kappa 系数，按类别取 r_k</translation>
    </message>
    <message>
        <source>Held-out kappa, single r_k</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>留出 Kappa 系数，单一 r_k</translation>
    </message>
    <message>
        <source>Kappa as a function of a single r_k</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>Kappa 系数随单一 r_k 的变化</translation>
    </message>
    <message>
        <source>Kappa by fold in the first repeat, each with the r_k calibrated on the other folds.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>第一次重复中各折的 Kappa 系数，均用其余各折率定的 r_k。</translation>
    </message>
    <message>
        <source>Kappa of the map against the survey with the same r_k for all cells.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>所有像元取同一 r_k 时图与调查的 Kappa 系数。</translation>
    </message>
    <message>
        <source>Kappa on all cells, r_k by class</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>全部像元 Kappa 系数，按类别取 r_k</translation>
    </message>
    <message>
        <source>Kappa on all cells, single r_k</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>全部像元 Kappa 系数，单一 r_k</translation>
    </message>
    <message>
        <source>Numbers of cells, overall accuracy (OA) and kappa. Held out: each cell is mapped with the r_k calibrated on the other folds, in the first repeat.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>像元数、总体精度 (OA) 和 Kappa 系数。留出：每个像元用第一次重复中其余各折率定的 r_k 制图。</translation>
    </message>
    <message>
        <source>On held-out cells, r_k by class exceeds the single r_k by {held_uniform} in kappa, and is better in {wins} of {repeats} repeats.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>在留出像元上，按类别取 r_k 的 Kappa 系数比单一 r_k 高 {held_uniform}，在 {repeats} 次重复中有 {wins} 次更优。</translation>
    </message>
    <message>
        <source>On held-out cells, r_k by class is no better than a single r_k: these classes do not differ in r_k as far as the survey shows, so use the single r_k.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>在留出像元上，按类别取 r_k 不优于单一 r_k：就调查所示，这些类别的 r_k 没有差别，因此请用单一 r_k。</translation>
    </message>
    <message>
        <source>Range without one fold</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>去一折的范围</translation>
    </message>
    <message>
        <source>Ratios of thawed to frozen thermal conductivity (r_k) were calibrated for the classes of &apos;{classes_name}&apos; against &apos;{survey_name}&apos; on {cells} cells by maximising Cohen&apos;s kappa jointly over all classes (r_k from {low:g} to {high:g} in steps of {step:g}; Dinkelbach 1967); classes with fewer than {min_cells} surveyed cells were assigned the best single r_k ({uniform_r_k:.3f}). Kappa was {kappa} on the calibration cells, compared with {kappa_uniform} for the single r_k. In {folds}-fold cross-validation with blocks of {block_size} x {block_size} cells ({blocks} blocks, {repeats} random assignments to folds) it was {kappa_held_out} (range {min} to {max}), compared with {kappa_uniform_held_out} for the single r_k.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>以“{survey_name}”为准，在 {cells} 个像元上对所有类别联合求 Kappa 系数最大值，率定“{classes_name}”各类别的 r_k（融化与冻结状态导热系数之比；r_k 从 {low:g} 至 {high:g}，步长 {step:g}；Dinkelbach 1967）；调查像元少于 {min_cells} 个的类别取最优单一 r_k（{uniform_r_k:.3f}）。率定像元上的 Kappa 系数为 {kappa}，单一 r_k 时为 {kappa_uniform}。以 {block_size} x {block_size} 像元为块的 {folds} 折交叉验证（{blocks} 块，随机分折 {repeats} 次）中为 {kappa_held_out}（范围 {min} 至 {max}），单一 r_k 时为 {kappa_uniform_held_out}。</translation>
    </message>
    <message>
        <source>Same r_k for all cells</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>所有像元取同一 r_k</translation>
    </message>
    <message>
        <source>all classes: fewer than {min_cells} cells</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>所有类别：少于 {min_cells} 个像元</translation>
    </message>
    <message>
        <source>held-out kappa</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>留出 Kappa 系数</translation>
    </message>
    <message>
        <source>in neither</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>两者均无</translation>
    </message>
    <message>
        <source>in the map only</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>仅图上有</translation>
    </message>
    <message>
        <source>in the survey only</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>仅调查有</translation>
    </message>
    <message>
        <source>its own cells</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>自身的像元</translation>
    </message>
    <message>
        <source>of the survey used for calibration</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>用于率定的调查像元</translation>
    </message>
    <message>
        <source>r_k by class. &apos;Equally good&apos; is the range of r_k that map the class identically; where it is wide, the survey hardly constrains r_k. &apos;Range without one fold&apos; is the range of r_k calibrated with one fold held out; where it is wide, r_k depends on a few places.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>各类别的 r_k。“等优范围”是对该类别制图结果相同的 r_k 范围；范围宽则调查对 r_k 几乎没有约束。“去一折的范围”是依次留出一折所率定的 r_k 的范围；范围宽则 r_k 取决于少数地点。</translation>
    </message>
    <message>
        <source>with the best single r_k, {uniform_r_k:.3f}</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>最优单一 r_k 为 {uniform_r_k:.3f}</translation>
    </message>
    <message>
        <source>{low:.3f} to {high:.3f}</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>{low:.3f} 至 {high:.3f}</translation>
    </message>
    <message>
        <source>{min} to {max} in {repeats} repeats</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>{repeats} 次重复为 {min} 至 {max}</translation>
    </message>
    <message>
        <source>{verdict} The gain on all cells, {kappa_uniform}, includes overfitting to this survey, which does not carry over to other areas. Held-out blocks lie between blocks used for calibration: expect a lower kappa than the held-out one in another region.</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>{verdict}全部像元上的增益 {kappa_uniform} 含有对本次调查的过拟合，不能推及其他地区。留出的块位于率定所用的块之间：在另一地区，Kappa 系数应低于留出值。</translation>
    </message>
    <message>
        <source> and, where it is positive, for autocorrelation after Hamed and Rao (1998)</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>（自相关为正时再按 Hamed and Rao (1998) 校正）</translation>
    </message>
    <message>
        <source>Area by year</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>逐年面积</translation>
    </message>
    <message>
        <source>Areas are computed on the ellipsoid, over the cells that have a class at all times: rows add up to the classes before, columns to those after. Near the threshold a hundredth of a degree changes the class of a cell; an error of TTOP that all years share moves the margin of the permafrost in both maps in the same way.</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>面积在椭球面上计算，只计各期均有类别的像元：各行之和为前期类别面积，各列之和为后期类别面积。在阈值附近，百分之一度就会改变像元的类别；各年共有的 TTOP 误差使两幅图中多年冻土的边界同向移动。</translation>
    </message>
    <message>
        <source>Classes are those of the mean TTOP of a window; a cell needs values in at least {min_share:.0f} % of its years.</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>类别取自时段平均 TTOP；像元须在时段内至少 {min_share:.0f}% 的年份有值。</translation>
    </message>
    <message>
        <source>From {first} (rows) to {last} (columns).</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>由 {first}（行）到 {last}（列）。</translation>
    </message>
    <message>
        <source>Mean trend</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>平均趋势</translation>
    </message>
    <message>
        <source>Newly in equilibrium</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>新近与气候平衡</translation>
    </message>
    <message>
        <source>No longer in equilibrium</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>不再与气候平衡</translation>
    </message>
    <message>
        <source>Of {cells} cells with at least {min_years} years, {warming_percent:.1f} % warm and {cooling_percent:.1f} % cool significantly at a false discovery rate of {alpha:g}. Neighbouring cells share their weather, so significant cells occur in patches and their number does not count independent findings.</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>在至少有 {min_years} 年数据的 {cells} 个像元中，按错误发现率 {alpha:g}，{warming_percent:.1f}% 显著升温，{cooling_percent:.1f}% 显著降温。相邻像元的天气相同，因此显著像元成片出现，其数目并不代表独立结果的数目。</translation>
    </message>
    <message>
        <source>Permafrost {first}</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>多年冻土 {first}</translation>
    </message>
    <message>
        <source>Permafrost {last}</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>多年冻土 {last}</translation>
    </message>
    <message>
        <source>Sen&apos;s slope where it is significant at a false discovery rate of {alpha:g}; white elsewhere.</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>在错误发现率 {alpha:g} 下显著之处的 Sen 斜率；其余为白色。</translation>
    </message>
    <message>
        <source>Sen&apos;s slope, {cells} cells</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>Sen 斜率，{cells} 个像元</translation>
    </message>
    <message>
        <source>Share of the compared area [%]</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>占比较面积的比例 [%]</translation>
    </message>
    <message>
        <source>Share of the ground whose TTOP of a single year is at or below {threshold:g} °C, and its mean over each window. Single years are weather: compare the windows. Glaciers and lakes are excluded; a cell counts in the years in which it has a value.</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>单一年份 TTOP 不高于 {threshold:g} °C 的地面比例，及其在各时段的平均。单一年份反映天气：请比较时段。不含冰川和湖泊；像元计入其有值的年份。</translation>
    </message>
    <message>
        <source>Significant trend</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>显著趋势</translation>
    </message>
    <message>
        <source>TTOP at or below the threshold [% of area]</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>TTOP 不高于阈值 [占面积 %]</translation>
    </message>
    <message>
        <source>Years and windows</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>年份与时段</translation>
    </message>
    <message>
        <source>Years with TTOP</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>有 TTOP 的年份</translation>
    </message>
    <message>
        <source>in equilibrium with the climate</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>与气候平衡</translation>
    </message>
    <message>
        <source>mean of {label}</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>{label} 平均</translation>
    </message>
    <message>
        <source>of the cells, at a false discovery rate of {alpha:g}</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>的像元，错误发现率 {alpha:g}</translation>
    </message>
    <message>
        <source>permafrost maps were compared</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>比较了各期多年冻土图</translation>
    </message>
    <message>
        <source>single years</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>单一年份</translation>
    </message>
    <message>
        <source>the Mann-Kendall test, corrected for ties</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>经结值校正的 Mann-Kendall 检验</translation>
    </message>
    <message>
        <source>the mean TTOP of each window of years was classified with a threshold of {threshold:g} °C</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>以 {threshold:g} °C 为阈值对各时段的平均 TTOP 分类</translation>
    </message>
    <message>
        <source>{before:.1f} % of the permafrost of {first}</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>占 {first} 多年冻土的 {before:.1f}%</translation>
    </message>
    <message>
        <source>{first}, then {last} [km²]</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>{first}→{last} [km²]</translation>
    </message>
    <message>
        <source>{slope_mean} °C per decade</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>{slope_mean} °C/10a</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not a report of Permafrost Mapper: choose HTML files that its algorithms have written.</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>“{name}”不是 Permafrost Mapper 的报告：请选择由其算法写出的 HTML 文件。</translation>
    </message>
    <message>
        <source>Report &apos;{name}&apos; holds {what}, which no report of Permafrost Mapper has, so it has been changed: give the file as the algorithm has written it.</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>报告“{name}”含有{what}，而 Permafrost Mapper 的报告都没有，可见它被改动过：请给出算法写出的原文件。</translation>
    </message>
    <message>
        <source>a link to another page</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>指向其他页面的链接</translation>
    </message>
    <message>
        <source>At a glance</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>概览</translation>
    </message>
    <message>
        <source>Key figures of all steps.</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>各步骤的关键指标。</translation>
    </message>
    <message>
        <source>The permafrost map.</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>多年冻土图。</translation>
    </message>
    <message>
        <source> Bootstrap blocks of {block_size} x {block_size} cells.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>自助法的块为 {block_size} x {block_size} 像元。</translation>
    </message>
    <message>
        <source> Pairs of maps were compared by McNemar&apos;s test with Holm&apos;s correction{bootstrap}.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>以 McNemar 检验和 Holm 校正{bootstrap}两两比较各图。</translation>
    </message>
    <message>
        <source> and by a block bootstrap of the difference in kappa (blocks of {block_size} x {block_size} cells)</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>，并以 Kappa 系数之差的分块自助法（块为 {block_size} x {block_size} 像元）</translation>
    </message>
    <message>
        <source>Block bootstrap, 95 %</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>分块自助法，95%</translation>
    </message>
    <message>
        <source>Cells with permafrost in both the map and the reference, in one of them, and in neither.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>图与参考数据均有、仅其一有和均无多年冻土的像元数。</translation>
    </message>
    <message>
        <source>Difference in kappa</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>Kappa 系数之差</translation>
    </message>
    <message>
        <source>Highest kappa</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>最高 Kappa 系数</translation>
    </message>
    <message>
        <source>How many maps agree with the reference.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>与参考数据一致的图的数目。</translation>
    </message>
    <message>
        <source>Kappa of the maps</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>各图的 Kappa 系数</translation>
    </message>
    <message>
        <source>Kappa with its 95 % interval from the block bootstrap, or for independent cells without a bootstrap.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>Kappa 系数及其 95% 区间，来自分块自助法；没有自助法时假定像元独立。</translation>
    </message>
    <message>
        <source>Map only</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>仅图上有</translation>
    </message>
    <message>
        <source>One {kind}map was</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>一幅{kind}图</translation>
    </message>
    <message>
        <source>Pairs of maps</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>两两比较</translation>
    </message>
    <message>
        <source>Reference only</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>仅参考数据有</translation>
    </message>
    <message>
        <source>b and c: cells on which only the first or only the second map is right. McNemar: (b − c)²/(b + c), with one degree of freedom; where b + c is below {min_approximate}, p is that of the exact binomial test. p (Holm): corrected for the number of pairs.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>b 和 c：仅第一幅或仅第二幅图正确的像元数。McNemar：(b − c)²/(b + c)，自由度为 1；b + c 小于 {min_approximate} 时，p 取精确二项检验。p (Holm)：按比较对数校正。</translation>
    </message>
    <message>
        <source>not computed</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>未计算</translation>
    </message>
    <message>
        <source>{dropped} more cells of the reference are excluded or lack a value in some map</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>参考数据中另有 {dropped} 个像元被排除，或在某幅图中无值</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>{first} 与 {second}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>{maps} compared with &apos;{reference}&apos; on the cells of &apos;{grid}&apos;; a cell without a value in one of them is left out for all. Finer maps were first turned into permafrost and no permafrost by their rule; a cell is permafrost where permafrost covers at least half of what can be compared in it.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>{maps}与“{reference}”在“{grid}”的像元上比较；在其中之一无值的像元对所有图均略去。较细的图先按其规则转为多年冻土与非多年冻土；若多年冻土至少占像元内可比较部分的一半，则该像元为多年冻土。</translation>
    </message>
    <message>
        <source>{maps} compared with &apos;{reference}&apos; on {total} common cells, of which {prevalence:.1f} % are permafrost in the reference. Cells that are excluded, or that have no value in one of the maps or in the reference, were left out for all maps. By rank: {ranking}.{tested} Neighbouring cells are not independent, so standard errors and p-values that assume independence are too small.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>{maps}与“{reference}”在 {total} 个共同像元上比较，其中参考数据为多年冻土的占 {prevalence:.1f}%。被排除的像元，以及在某幅图或参考数据中无值的像元，对所有图均略去。排序：{ranking}。{tested}相邻像元并不独立，因此假定独立的标准误和 p 值偏小。</translation>
    </message>
    <message>
        <source>{n_ranking} {kind}maps were</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>{n_ranking} 幅{kind}图</translation>
    </message>
    <message>
        <source> Gap share: by how much cells surrounded by gaps differ from others, which is a part of the trend.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>缺测比例项：被缺测包围的像元与其他像元的差值，是趋势的一部分。</translation>
    </message>
    <message>
        <source> RMSE and coverage refer to single known cells predicted from the others.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>RMSE 和覆盖率是由其余像元预测单个有值像元的结果。</translation>
    </message>
    <message>
        <source>, gap share {gap_slope} K</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>，缺测比例项 {gap_slope} K</translation>
    </message>
    <message>
        <source>Gap share</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>缺测比例</translation>
    </message>
    <message>
        <source>Gaps filled</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>已插补缺测</translation>
    </message>
    <message>
        <source>How each scene was filled. Far: filled gaps without a known cell within 250 cells, which hold the trend alone.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>各景影像的插补情况。远离：250 个像元内没有有值像元的已插补缺测，只含趋势。</translation>
    </message>
    <message>
        <source>Scenes that were filled differently than requested, and why.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>未按要求插补的影像及其原因。</translation>
    </message>
    <message>
        <source>Share of gaps in each scene.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>各景影像的缺测比例。</translation>
    </message>
    <message>
        <source>Variogram of each scene; ranges are practical ranges.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>各景影像的变异函数；变程为实际变程。</translation>
    </message>
    <message>
        <source>Variogram of the residuals</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>残差的变异函数</translation>
    </message>
    <message>
        <source>gap share</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>缺测比例</translation>
    </message>
    <message>
        <source>gap share [%]</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>缺测比例 [%]</translation>
    </message>
    <message>
        <source>gap share {mean} % on average</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>平均缺测比例 {mean}%</translation>
    </message>
    <message>
        <source>of nominal 95 % intervals, at the same cells</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>名义 95% 区间，同样的像元</translation>
    </message>
    <message>
        <source>of single known cells predicted from the others, mean over scenes</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>由其余像元预测单个有值像元，各景平均</translation>
    </message>
    <message>
        <source>{label} before filling; gaps are white.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>{label}，插补前；缺测为白色。</translation>
    </message>
    <message>
        <source>{label}, filled.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>{label}，插补后。</translation>
    </message>
    <message>
        <source>{label}, kriging standard deviation; 0 in known cells.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>{label}，克里格标准差；有值像元为 0。</translation>
    </message>
    <message>
        <source>{remaining} remain</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>剩余 {remaining} 个</translation>
    </message>
    <message>
        <source>{trend}, {references} scenes</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>{trend}，{references} 景影像</translation>
    </message>
    <message>
        <source>Bias, {random} [K]</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>偏差，{random} [K]</translation>
    </message>
    <message>
        <source>Coefficient [K per s.d.]</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>系数 [K/标准差]</translation>
    </message>
    <message>
        <source>Coefficients and training ranges, {season}. Intercept {constant} °C, penalty {alpha:.4g}. Predictions outside the ranges are extrapolations.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>系数与训练范围，{season}。截距 {constant} °C，惩罚系数 {alpha:.4g}。超出范围的预测为外推。</translation>
    </message>
    <message>
        <source>Cross-validated error by penalty, {season}. The penalty {alpha} has the smallest error with {random} and was chosen.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>交叉验证误差随惩罚系数的变化，{season}。惩罚系数 {alpha} 在{random}中误差最小，予以采用。</translation>
    </message>
    <message>
        <source>Cross-validated scores. Bias is prediction minus observation.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>交叉验证评分。偏差为预测减观测。</translation>
    </message>
    <message>
        <source>Equations that stand in where overpasses are missing, {season}, in order of preference.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>过境缺失时代用的方程，{season}，按优先次序排列。</translation>
    </message>
    <message>
        <source>Error and penalty</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>误差与惩罚系数</translation>
    </message>
    <message>
        <source>Errors by station, season and temperature</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>按站点、季节和温度的误差</translation>
    </message>
    <message>
        <source>Mean error by observed temperature, in bins of {residual_bin:g} K. A falling line means that extremes are predicted too close to the mean, so that freezing and thawing degree days are too small.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>按实测温度的平均误差，每 {residual_bin:g} K 一组。曲线下降表示极端值的预测过于接近平均值，以致冻结指数和融化指数偏小。</translation>
    </message>
    <message>
        <source>Mean prediction minus observation [K]</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>平均预测减观测 [K]</translation>
    </message>
    <message>
        <source>Observed GST [°C]</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>实测 GST [°C]</translation>
    </message>
    <message>
        <source>Observed and predicted</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>实测与预测</translation>
    </message>
    <message>
        <source>Predicted GST [°C]</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>预测 GST [°C]</translation>
    </message>
    <message>
        <source>Predictions for stations that were left out, against observations.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>留出站点的预测值与实测值。</translation>
    </message>
    <message>
        <source>Residuals by temperature</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>残差随温度的变化</translation>
    </message>
    <message>
        <source>R² = {r2}, RMSE = {rmse} K, MAE = {mae} K and bias = {bias} K</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>R² = {r2}，RMSE = {rmse} K，MAE = {mae} K，偏差 = {bias} K</translation>
    </message>
    <message>
        <source>Slope [K per unit]</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>斜率 [K/单位]</translation>
    </message>
    <message>
        <source>Temperatures of a station hardly change from one day to the next, so random folds contain part of the answer. Most cells of a map have no station: the scores with stations left out apply to them.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>站点温度逐日变化很小，因此随机分折已含有部分答案。图上大多数像元没有站点：适用于它们的是逐站留一的评分。</translation>
    </message>
    <message>
        <source>The model</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>模型</translation>
    </message>
    <message>
        <source>The predictors are collinear (variance inflation up to {max:.0f}, condition number {condition:.0f}): their weighted sum is meaningful, a single coefficient and its sign are not.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>自变量共线（方差膨胀因子最大 {max:.0f}，条件数 {condition:.0f}）：其加权和有意义，而单个系数及其符号没有意义。</translation>
    </message>
    <message>
        <source>Variance inflation</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>方差膨胀因子</translation>
    </message>
    <message>
        <source>Variance inflation factors; predictors above {max_inflation:g} are collinear with others.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>方差膨胀因子；大于 {max_inflation:g} 的自变量与其他自变量共线。</translation>
    </message>
    <message>
        <source>all seasons</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>全部季节</translation>
    </message>
    <message>
        <source>for all seasons together</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>对全部季节一并</translation>
    </message>
    <message>
        <source>for each season separately</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>对各季节分别</translation>
    </message>
    <message>
        <source>log10 of the penalty</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>惩罚系数的 log10</translation>
    </message>
    <message>
        <source>to be expected between the days of known stations</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>已知站点各日之间的预期误差</translation>
    </message>
    <message>
        <source>to be expected where there is no station</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>没有站点之处的预期误差</translation>
    </message>
    <message>
        <source>with all predictors, of {n_stations} stations</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>全部自变量齐备，{n_stations} 个站点</translation>
    </message>
    <message>
        <source>{r2} with {random}</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>{random}为 {r2}</translation>
    </message>
    <message>
        <source>, which explains {r2:.0f} % of the variance</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>，解释方差的 {r2:.0f}%</translation>
    </message>
    <message>
        <source>Empirical and fitted variogram of the residuals of &apos;{name}&apos;, band {band}. An anisotropic model is drawn along its longest range; the empirical variogram averages over all directions.</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>“{name}”第 {band} 波段残差的经验变异函数与拟合变异函数。各向异性模型沿其最长变程绘制；经验变异函数为各方向平均。</translation>
    </message>
    <message>
        <source>Partial sill [K²]</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>偏基台值 [K²]</translation>
    </message>
    <message>
        <source>The variogram is {variogram}. The trend is &apos;{trend}&apos;{explained}.</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>变异函数为 {variogram}。趋势为“{trend}”{explained}。</translation>
    </message>
    <message>
        <source>The variogram of the residuals from the trend ({trend}) was estimated by {fits}: {variogram}.</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>去趋势（{trend}）残差的变异函数以{fits}估计：{variogram}。</translation>
    </message>
    <message>
        <source>empirical, all pairs</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>经验值，全部点对</translation>
    </message>
    <message>
        <source>of all structures</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>所有结构之和</translation>
    </message>
    <message>
        <source>of single known cells predicted from the others</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>由其余像元预测单个有值像元</translation>
    </message>
    <message>
        <source>practical range of the longest structure</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>最长结构的实际变程</translation>
    </message>
    <message>
        <source>For the methods section</source>
        <extracomment>core/reports/report.py</extracomment>
        <translation>供方法部分使用</translation>
    </message>
    <message>
        <source>Inputs and parameters</source>
        <extracomment>core/reports/report.py</extracomment>
        <translation>输入与参数</translation>
    </message>
    <message>
        <source>The first day is set to {start}, and the calendar {kind} of the time axis of &apos;{name}&apos; has no such day: set it to the day of the first band, or leave it out.</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>第一天设为 {start}，而“{name}”时间轴的日历 {kind} 没有这一天：请设为首波段的日期，或不设。</translation>
    </message>
    <message>
        <source>The time axis of &apos;{name}&apos; ({units}) has the number {written}, which is not a date: correct the axis.</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>“{name}”的时间轴（{units}）含有数 {written}，它不是日期：请改正时间轴。</translation>
    </message>
    <message>
        <source>The time axis of &apos;{name}&apos; has the day {year:04d}-{month:02d}-{day:02d} of the calendar {calendar}, which does not exist, so setting the day of its first band would misdate the others: {remedy}.</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>“{name}”的时间轴含有日历 {calendar} 的 {year:04d}-{month:02d}-{day:02d}，而这一天并不存在，设定首波段的日期会使其余波段的日期出错：{remedy}。</translation>
    </message>
    <message>
        <source>The time axis of &apos;{name}&apos; has the number &apos;{offset}&apos;, which is not a time: correct the axis.</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>“{name}”的时间轴含有数“{offset}”，它不是时间：请改正时间轴。</translation>
    </message>
    <message>
        <source>The time axis of &apos;{name}&apos; is in &apos;{units}&apos;, which does not determine days, and setting the day of its first band would make the others consecutive days: give the axis in days since a date, save it as NetCDF or write the dates into the band descriptions as YYYY-MM-DD.</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>“{name}”的时间轴以“{units}”为单位，不能确定到日，设定首波段的日期会把其余波段当作连续日：请将时间轴改为自某日起的天数，存为 NetCDF，或按 YYYY-MM-DD 将日期写入波段描述。</translation>
    </message>
    <message>
        <source>The time axis of &apos;{name}&apos; is in the calendar {kind}, {why}, so setting the day of its first band would misdate the others: {remedy}.</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>“{name}”的时间轴采用日历 {kind}，{why}，设定首波段的日期会使其余波段的日期出错：{remedy}。</translation>
    </message>
    <message>
        <source>1 for calendar years, 8 or 9 for freezing years.</source>
        <extracomment>models</extracomment>
        <translation>日历年取 1，冻结年度取 8 或 9。</translation>
    </message>
    <message>
        <source>A cell with fewer valid days in any month has no degree days for the year.</source>
        <extracomment>models</extracomment>
        <translation>任一月份有效天数少于此值的像元，当年无冻融指数。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <extracomment>models</extracomment>
        <translation>精度</translation>
    </message>
    <message>
        <source>Accuracy: Report</source>
        <extracomment>models</extracomment>
        <translation>精度：报告</translation>
    </message>
    <message>
        <source>Accuracy: Table</source>
        <extracomment>models</extracomment>
        <translation>精度：表</translation>
    </message>
    <message>
        <source>Areas: Report</source>
        <extracomment>models</extracomment>
        <translation>面积：报告</translation>
    </message>
    <message>
        <source>Areas: Table</source>
        <extracomment>models</extracomment>
        <translation>面积：表</translation>
    </message>
    <message>
        <source>As in &apos;Fill gaps of LST&apos;.</source>
        <extracomment>models</extracomment>
        <translation>同“LST 缺测插补”。</translation>
    </message>
    <message>
        <source>DDF per year</source>
        <extracomment>models</extracomment>
        <translation>逐年 DDF</translation>
    </message>
    <message>
        <source>DDT per year</source>
        <extracomment>models</extracomment>
        <translation>逐年 DDT</translation>
    </message>
    <message>
        <source>Depth of the boreholes [m]</source>
        <extracomment>models</extracomment>
        <translation>钻孔的测温深度 [m]</translation>
    </message>
    <message>
        <source>Determines the r_k of each cell.</source>
        <extracomment>models</extracomment>
        <translation>用于确定各像元的 r_k。</translation>
    </message>
    <message>
        <source>ESA CCI or MODIS IGBP.</source>
        <extracomment>models</extracomment>
        <translation>ESA CCI 或 MODIS IGBP。</translation>
    </message>
    <message>
        <source>Extrapolated days</source>
        <extracomment>models</extracomment>
        <translation>外推天数</translation>
    </message>
    <message>
        <source>Field of the boreholes with the depth of that temperature.</source>
        <extracomment>models</extracomment>
        <translation>钻孔图层中给出该地温所在深度的字段。</translation>
    </message>
    <message>
        <source>Field of the boreholes with the mean annual ground temperature; required if boreholes are given.</source>
        <extracomment>models</extracomment>
        <translation>钻孔图层中给出年平均地温的字段；给出钻孔时必填。</translation>
    </message>
    <message>
        <source>Field of the stations.</source>
        <extracomment>models</extracomment>
        <translation>站点图层的字段。</translation>
    </message>
    <message>
        <source>Field of the survey map</source>
        <extracomment>models</extracomment>
        <translation>调查图的字段</translation>
    </message>
    <message>
        <source>Field that names the districts.</source>
        <extracomment>models</extracomment>
        <translation>行政区名称字段。</translation>
    </message>
    <message>
        <source>Field that names the regions.</source>
        <extracomment>models</extracomment>
        <translation>区域名称字段。</translation>
    </message>
    <message>
        <source>Fill gaps, aqua day</source>
        <extracomment>models</extracomment>
        <translation>缺测插补，Aqua 白天</translation>
    </message>
    <message>
        <source>Fill gaps, aqua night</source>
        <extracomment>models</extracomment>
        <translation>缺测插补，Aqua 夜间</translation>
    </message>
    <message>
        <source>Fill gaps, terra day</source>
        <extracomment>models</extracomment>
        <translation>缺测插补，Terra 白天</translation>
    </message>
    <message>
        <source>Fill gaps, terra night</source>
        <extracomment>models</extracomment>
        <translation>缺测插补，Terra 夜间</translation>
    </message>
    <message>
        <source>Filled LST, aqua day</source>
        <extracomment>models</extracomment>
        <translation>插补后的 LST，Aqua 白天</translation>
    </message>
    <message>
        <source>Filled LST, aqua night</source>
        <extracomment>models</extracomment>
        <translation>插补后的 LST，Aqua 夜间</translation>
    </message>
    <message>
        <source>Filled LST, terra day</source>
        <extracomment>models</extracomment>
        <translation>插补后的 LST，Terra 白天</translation>
    </message>
    <message>
        <source>Filled LST, terra night</source>
        <extracomment>models</extracomment>
        <translation>插补后的 LST，Terra 夜间</translation>
    </message>
    <message>
        <source>For polygons or points: the field that distinguishes permafrost from other ground.</source>
        <extracomment>models</extracomment>
        <translation>用于面或点图层：区分多年冻土与其他地面的字段。</translation>
    </message>
    <message>
        <source>For the trend of the gap filling.</source>
        <extracomment>models</extracomment>
        <translation>用于缺测插补的趋势。</translation>
    </message>
    <message>
        <source>Ground temperature of the boreholes [°C]</source>
        <extracomment>models</extracomment>
        <translation>钻孔的地温 [°C]</translation>
    </message>
    <message>
        <source>LST at the stations</source>
        <extracomment>models</extracomment>
        <translation>站点处的 LST</translation>
    </message>
    <message>
        <source>Land surface temperature in °C, one band per day, with gaps; from &apos;Build LST stacks&apos;.</source>
        <extracomment>models</extracomment>
        <translation>地表温度，单位 °C，每日一个波段，含缺测；来自“构建 LST 影像序列”。</translation>
    </message>
    <message>
        <source>Makes a permafrost map from four land surface temperatures a day: gaps filled by kriging, ground surface temperature by a regression on stations, degree days, r_k from land cover, TTOP, the map with glaciers and lakes, its probability, its areas, its accuracy where a survey map or boreholes are given, and one report of all steps. All layers are aligned to the grid of the first stack. Only the map has to be named; other outputs are kept if they are named. A run that was stopped resumes where it was when it is started again with the same inputs, parameters and names of the filled stacks, the GST model and the degree days.</source>
        <extracomment>models</extracomment>
        <translation>由每日四次过境的地表温度制作多年冻土图：克里格插值插补缺测，以站点回归得到地面温度，计算冻融指数，由土地覆盖得到 r_k，计算 TTOP，制作含冰川和湖泊的图，给出多年冻土概率和面积，在给出调查图或钻孔时评价精度，并把所有步骤汇成一份报告。所有图层均对齐到第一个影像序列的格网。输出中只有多年冻土图必须命名，其他输出命名后才保留。运行中断后，若输入、参数以及插补后影像序列、GST 模型和冻融指数的文件名均不变，再次启动即从中断处续跑。</translation>
    </message>
    <message>
        <source>Mean DDF</source>
        <extracomment>models</extracomment>
        <translation>平均 DDF</translation>
    </message>
    <message>
        <source>Mean DDT</source>
        <extracomment>models</extracomment>
        <translation>平均 DDT</translation>
    </message>
    <message>
        <source>Models</source>
        <extracomment>models</extracomment>
        <translation>模型</translation>
    </message>
    <message>
        <source>Of the ground surface, 0 or more.</source>
        <extracomment>models</extracomment>
        <translation>地面的融化指数，不小于 0。</translation>
    </message>
    <message>
        <source>Of the ground surface, as a magnitude: 0 or more.</source>
        <extracomment>models</extracomment>
        <translation>地面的冻结指数，取绝对值：不小于 0。</translation>
    </message>
    <message>
        <source>Of the probability of permafrost.</source>
        <extracomment>models</extracomment>
        <translation>用于多年冻土概率。</translation>
    </message>
    <message>
        <source>Permafrost in the survey</source>
        <extracomment>models</extracomment>
        <translation>调查图中的多年冻土</translation>
    </message>
    <message>
        <source>Permafrost map: Picture</source>
        <extracomment>models</extracomment>
        <translation>多年冻土图：图片</translation>
    </message>
    <message>
        <source>Picture</source>
        <extracomment>models</extracomment>
        <translation>图片</translation>
    </message>
    <message>
        <source>Points with ground surface temperature.</source>
        <extracomment>models</extracomment>
        <translation>有地面温度观测的点。</translation>
    </message>
    <message>
        <source>Points with ground temperature that TTOP is compared with. Without them, this comparison is skipped.</source>
        <extracomment>models</extracomment>
        <translation>有地温观测的点，用来与 TTOP 比较。不给出则跳过此项比较。</translation>
    </message>
    <message>
        <source>Polygons that are assessed separately.</source>
        <extracomment>models</extracomment>
        <translation>分别评价的面。</translation>
    </message>
    <message>
        <source>Polygons, or a raster whose values above 0 count.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>面，或栅格（大于 0 的像元计入）。</translation>
    </message>
    <message>
        <source>Probability</source>
        <extracomment>models</extracomment>
        <translation>概率</translation>
    </message>
    <message>
        <source>Probability of permafrost</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>多年冻土概率</translation>
    </message>
    <message>
        <source>Raster, polygons or points that the map is compared with. Without it, this comparison is skipped.</source>
        <extracomment>models</extracomment>
        <translation>与多年冻土图比较的栅格、面或点。不给出则跳过此项比较。</translation>
    </message>
    <message>
        <source>Regions of the survey</source>
        <extracomment>models</extracomment>
        <translation>调查区域</translation>
    </message>
    <message>
        <source>Samples</source>
        <extracomment>models</extracomment>
        <translation>样本</translation>
    </message>
    <message>
        <source>Table</source>
        <extracomment>models</extracomment>
        <translation>表</translation>
    </message>
    <message>
        <source>Table with the daily mean ground surface temperature of stations in °C: columns station, date, gst.</source>
        <extracomment>models</extracomment>
        <translation>站点日平均地面温度表，单位 °C：列为 station、date、gst。</translation>
    </message>
    <message>
        <source>Takes precedence over the r_k of the land cover.</source>
        <extracomment>models</extracomment>
        <translation>优先于由土地覆盖得到的 r_k。</translation>
    </message>
    <message>
        <source>The map is nodata outside of it.</source>
        <extracomment>models</extracomment>
        <translation>流域以外为无数据值 (nodata)。</translation>
    </message>
    <message>
        <source>Trend of the gap filling</source>
        <extracomment>models</extracomment>
        <translation>缺测插补的趋势</translation>
    </message>
    <message>
        <source>Values of the survey that are permafrost, separated by commas.</source>
        <extracomment>models</extracomment>
        <translation>调查图中代表多年冻土的值，以逗号分隔。</translation>
    </message>
    <message>
        <source>r_k from land cover</source>
        <extracomment>models</extracomment>
        <translation>由土地覆盖得到 r_k</translation>
    </message>
    <message>
        <source>5 Assess</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>5 评价</translation>
    </message>
    <message>
        <source>A raster of classes, for example from &apos;Permafrost map&apos;.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>分类栅格，例如来自“多年冻土图”。</translation>
    </message>
    <message>
        <source>Accuracy of a permafrost map</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>多年冻土图精度</translation>
    </message>
    <message>
        <source>Accuracy table</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>精度表</translation>
    </message>
    <message>
        <source>Address of the scheduler of a Dask cluster that computes in place of this machine, such as tcp://192.168.1.10:8786. Its machines need the folder of this plugin, GDAL, and the inputs under the same paths, but no QGIS; docs/cluster.md explains how to start one. The result does not depend on it. A scheduler can run any code on this machine: one on another machine has to be listed in the environment variable PERMAFROST_MAPPER_SCHEDULERS.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>Dask 集群调度器的地址，由集群代替本机计算，例如 tcp://192.168.1.10:8786。集群各机器需有本插件的文件夹、GDAL，以及路径相同的输入文件，但不需要 QGIS；启动方法见 docs/cluster.md。结果与是否使用集群无关。调度器可以在本机运行任意代码：位于其他机器上的调度器须列入环境变量 PERMAFROST_MAPPER_SCHEDULERS。</translation>
    </message>
    <message>
        <source>Agreement</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>一致性</translation>
    </message>
    <message>
        <source>All measures, one row per region and one for all of them pooled.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>全部指标，每个区域一行，另有一行为全部区域合并。</translation>
    </message>
    <message>
        <source>Allocation disagreement</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>位置不一致</translation>
    </message>
    <message>
        <source>Block of the bootstrap [cells]</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>自助法的分块边长 [像元]</translation>
    </message>
    <message>
        <source>Compares a permafrost map with a survey map, polygons or points: matrix, overall accuracy, kappa and more.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>将多年冻土图与调查图、面或点比较：混淆矩阵、总体精度、Kappa 系数等。</translation>
    </message>
    <message>
        <source>Dask scheduler</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>Dask 调度器</translation>
    </message>
    <message>
        <source>Errors of neighbouring cells are correlated, so standard errors that count cells are too small. The block bootstrap resamples square blocks of cells instead, and its intervals allow for this correlation.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>相邻像元的误差彼此相关，因此按像元数计算的标准误偏小。分块自助法改为对方形像元块重抽样，其置信区间已计入这种相关。</translation>
    </message>
    <message>
        <source>Excluded in the map</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>图中不参与比较的值</translation>
    </message>
    <message>
        <source>Excluded in the reference</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>参考数据中不参与比较的值</translation>
    </message>
    <message>
        <source>F1</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>F1</translation>
    </message>
    <message>
        <source>F1 of permafrost</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>多年冻土的 F1</translation>
    </message>
    <message>
        <source>Field of the reference</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>参考数据的字段</translation>
    </message>
    <message>
        <source>Field that names the regions; polygons of the same name are one region.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>区域名称字段；同名的面为同一区域。</translation>
    </message>
    <message>
        <source>For polygons and points: the field that distinguishes permafrost from other ground.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>用于面和点：区分多年冻土与其他地面的字段。</translation>
    </message>
    <message>
        <source>For use in models: without a reference, do nothing and succeed instead of reporting an error.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>用于模型：没有参考数据时什么也不做并正常结束，而不报错。</translation>
    </message>
    <message>
        <source>Kappa, block bootstrap, 2.5 %</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>Kappa 系数，分块自助法，2.5% 分位</translation>
    </message>
    <message>
        <source>Kappa, block bootstrap, 97.5 %</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>Kappa 系数，分块自助法，97.5% 分位</translation>
    </message>
    <message>
        <source>MCC</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>MCC</translation>
    </message>
    <message>
        <source>Matthews correlation coefficient</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>马修斯相关系数</translation>
    </message>
    <message>
        <source>Memory [MB]</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>内存 [MB]</translation>
    </message>
    <message>
        <source>Memory for the blocks that are processed at a time. A smaller number makes smaller blocks; the result does not depend on it.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>同时处理的数据块所用的内存。数值越小，数据块越小；结果与此无关。</translation>
    </message>
    <message>
        <source>Name of the region</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>区域名称</translation>
    </message>
    <message>
        <source>Number of threads that read and compute; 0 means one per processor. The result does not depend on it.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>读取和计算的线程数；0 表示每个处理器一个线程。结果与此无关。</translation>
    </message>
    <message>
        <source>OA</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>OA</translation>
    </message>
    <message>
        <source>One self-contained HTML file with the method in sentences, the figures, the tables and the parameters of the run. It opens in any browser and needs no network.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>自成一体的 HTML 文件，含以文字叙述的方法、图、表和本次运行的参数；任何浏览器均可打开，无需联网。</translation>
    </message>
    <message>
        <source>Only for points or cells drawn at random within each class of the map: adds accuracies and areas that are adjusted for the sampling (Olofsson et al. 2014).</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>仅适用于在图的各类别内随机抽取的点或像元：增加按抽样设计校正的精度和面积（Olofsson et al. 2014）。</translation>
    </message>
    <message>
        <source>Overall accuracy, block bootstrap, 2.5 %</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>总体精度，分块自助法，2.5% 分位</translation>
    </message>
    <message>
        <source>Overall accuracy, block bootstrap, 97.5 %</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>总体精度，分块自助法，97.5% 分位</translation>
    </message>
    <message>
        <source>Permafrost in the map</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>图中的多年冻土</translation>
    </message>
    <message>
        <source>Permafrost in the reference</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>参考数据中的多年冻土</translation>
    </message>
    <message>
        <source>Polygons that are assessed separately and pooled. Cells outside of them are excluded.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>分别评价并合并评价的面。其外的像元不参与。</translation>
    </message>
    <message>
        <source>Producer&apos;s accuracy of ground without permafrost</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>非多年冻土的制图精度</translation>
    </message>
    <message>
        <source>Producer&apos;s accuracy of permafrost</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>多年冻土的制图精度</translation>
    </message>
    <message>
        <source>Quantity disagreement</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>数量不一致</translation>
    </message>
    <message>
        <source>Reference</source>
        <extracomment>core/reports/charts.py</extracomment>
        <translation>参考数据</translation>
    </message>
    <message>
        <source>Regions</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>区域</translation>
    </message>
    <message>
        <source>Report</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>报告</translation>
    </message>
    <message>
        <source>Seed</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Share of permafrost in the reference</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>参考数据中多年冻土的占比</translation>
    </message>
    <message>
        <source>Side of the square blocks that the bootstrap draws; choose it larger than the distance over which errors are correlated. 0 disables the bootstrap.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>自助法所抽方形块的边长，应大于误差相关的距离。0 表示不使用自助法。</translation>
    </message>
    <message>
        <source>Skip without a reference</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>无参考数据时跳过</translation>
    </message>
    <message>
        <source>Standard error of kappa</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>Kappa 系数的标准误</translation>
    </message>
    <message>
        <source>Standard error of overall accuracy</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>总体精度的标准误</translation>
    </message>
    <message>
        <source>The reference is a probability sample</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>参考数据为概率抽样</translation>
    </message>
    <message>
        <source>The reference is a raster, polygons or points. The values of map and reference are mapped to permafrost or no permafrost; cells that are glacier or lake in the map, or that lack a value in either, are excluded. A raster reference with other cells is resampled to those of the map by the mode; a polygon counts in the cells whose centre it contains; several points in one cell are one observation, and none where they disagree.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>参考数据为栅格、面或点。图与参考数据的值均归为多年冻土或非多年冻土；图中的冰川和湖泊，以及任一方无值的像元不参与。像元不同的参考栅格按众数重采样到图的像元；面计入中心落在其内的像元；同一像元内的多个点算作一个观测，彼此矛盾时不计。</translation>
    </message>
    <message>
        <source>The same seed reproduces the same bootstrap intervals.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>同一随机种子得到相同的自助法置信区间。</translation>
    </message>
    <message>
        <source>The survey map as a raster of classes or as polygons, or points where the ground was observed.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>调查图，可为分类栅格或面，也可为实地观测点。</translation>
    </message>
    <message>
        <source>Threads</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>线程数</translation>
    </message>
    <message>
        <source>User&apos;s accuracy of ground without permafrost</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>非多年冻土的用户精度</translation>
    </message>
    <message>
        <source>User&apos;s accuracy of permafrost</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>多年冻土的用户精度</translation>
    </message>
    <message>
        <source>Values of the map that are not compared, by default glaciers and lakes, like cells without a value.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>图中不参与比较的值，默认为冰川和湖泊；无值的像元同样不参与。</translation>
    </message>
    <message>
        <source>Values of the map that are permafrost, separated by commas.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>图中代表多年冻土的值，以逗号分隔。</translation>
    </message>
    <message>
        <source>Values of the reference that are not compared, like cells without a value.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>参考数据中不参与比较的值；无值的像元同样不参与。</translation>
    </message>
    <message>
        <source>Values of the reference that are permafrost, separated by commas; texts are allowed for a field.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>参考数据中代表多年冻土的值，以逗号分隔；若取自字段，也可以是文本。</translation>
    </message>
    <message>
        <source>Where map and reference agree, and how they differ where they do not.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>图与参考数据在何处一致，不一致时如何不同。</translation>
    </message>
    <message>
        <source>With regions, each is assessed separately and all of them pooled: the pooled kappa is not an average.</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>给出区域时，分别评价各区域并合并评价：合并的 Kappa 系数不是各区域的平均值。</translation>
    </message>
    <message>
        <source>confusion matrix</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>error matrix</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>误差矩阵</translation>
    </message>
    <message>
        <source>ground truth</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>地面真值</translation>
    </message>
    <message>
        <source>kappa</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>Kappa 系数</translation>
    </message>
    <message>
        <source>overall accuracy</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>总体精度</translation>
    </message>
    <message>
        <source>survey map</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>调查图</translation>
    </message>
    <message>
        <source>validation</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>验证</translation>
    </message>
    <message>
        <source>4 Permafrost</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>4 多年冻土</translation>
    </message>
    <message>
        <source>ALT</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>ALT</translation>
    </message>
    <message>
        <source>Absolute value of the sum of the negative daily mean temperatures of the ground surface over a year, 0 or more.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>一年中日平均地面温度的负值之和的绝对值，不小于 0。</translation>
    </message>
    <message>
        <source>Active layer thickness</source>
        <extracomment>algorithms/permafrost/activelayer.py</extracomment>
        <translation>活动层厚度</translation>
    </message>
    <message>
        <source>Active layer thickness [m]</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>活动层厚度 [m]</translation>
    </message>
    <message>
        <source>Computes the thickness of the active layer over permafrost from thawing degree days, after Stefan.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>按 Stefan 公式由融化指数计算多年冻土上的活动层厚度。</translation>
    </message>
    <message>
        <source>Dry density [kg/m³]</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>干密度 [kg/m³]</translation>
    </message>
    <message>
        <source>E [m (°C d)^-1/2]</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>E [m (°C d)^-1/2]</translation>
    </message>
    <message>
        <source>E factor</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>E 系数</translation>
    </message>
    <message>
        <source>For stefan: k_t.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>用于 stefan：k_t。</translation>
    </message>
    <message>
        <source>For stefan: rho_d, mass of dry soil per volume.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>用于 stefan：rho_d，单位体积中干土的质量。</translation>
    </message>
    <message>
        <source>For stefan: w, mass of water and ice per mass of dry soil; that of peat can exceed 1.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>用于 stefan：w，水和冰的质量与干土质量之比；泥炭可大于 1。</translation>
    </message>
    <message>
        <source>For stefan: w_u, the part of the water that remains liquid in the frozen soil.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>用于 stefan：w_u，冻土中仍为液态的那部分水。</translation>
    </message>
    <message>
        <source>For stefan_e: thickness divided by the square root of DDT. 0.05 yields 2 m at 1600 °C d.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>用于 stefan_e：厚度除以 DDT 的平方根。0.05 在 1600 °C d 时对应 2 m。</translation>
    </message>
    <message>
        <source>Freezing degree days [°C d]</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>冻结指数 [°C d]</translation>
    </message>
    <message>
        <source>From &apos;TTOP&apos;. Permafrost is where it is 0 °C or below.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>来自“TTOP”。不高于 0 °C 处为多年冻土。</translation>
    </message>
    <message>
        <source>Method</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>方法</translation>
    </message>
    <message>
        <source>Only over permafrost.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>仅在多年冻土上。</translation>
    </message>
    <message>
        <source>Stefan</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>Stefan</translation>
    </message>
    <message>
        <source>Stefan equation with soil properties</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>Stefan 公式，由土的性质计算</translation>
    </message>
    <message>
        <source>Stefan equation with the factor E</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>Stefan 公式，由 E 系数计算</translation>
    </message>
    <message>
        <source>Stefan&apos;s equation neglects the heat that warms the soil, which makes the thickness somewhat too large.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>Stefan 公式忽略使土升温所消耗的热量，因此厚度略微偏大。</translation>
    </message>
    <message>
        <source>Sum of the positive daily mean temperatures of the ground surface over a year, 0 or more. The result has the grid of this raster.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>一年中日平均地面温度的正值之和，不小于 0。结果采用该栅格的格网。</translation>
    </message>
    <message>
        <source>Thawing degree days [°C d]</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>融化指数 [°C d]</translation>
    </message>
    <message>
        <source>The same soil is assumed for all cells, although E varies from place to place more than the climate does. The defaults are starting values, not measurements: if you have a measured thickness Z in your area, set E to Z / sqrt(DDT) of that site.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>所有像元假定为同一种土，尽管 E 的空间差异大于气候的空间差异。默认值只是起点，并非实测值：如果研究区内有实测厚度 Z，请将 E 设为该点的 Z / sqrt(DDT)。</translation>
    </message>
    <message>
        <source>Thermal conductivity of thawed soil [W/(m K)]</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>融土的导热系数 [W/(m K)]</translation>
    </message>
    <message>
        <source>Thickness = E sqrt(DDT), with E specified, or computed from soil properties as sqrt(2 k_t 86400 / (L rho_d (w - w_u))) with the latent heat of fusion L = 3.34e5 J/kg. Only cells with TTOP at 0 °C or below have an active layer.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>厚度 = E sqrt(DDT)，其中 E 直接给定，或由土的性质按 sqrt(2 k_t 86400 / (L rho_d (w - w_u))) 计算，融化潜热 L = 3.34e5 J/kg。只有 TTOP 不高于 0 °C 的像元有活动层。</translation>
    </message>
    <message>
        <source>Unfrozen water content [kg/kg]</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>未冻水含量 [kg/kg]</translation>
    </message>
    <message>
        <source>Water content [kg/kg]</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>含水量 [kg/kg]</translation>
    </message>
    <message>
        <source>active layer</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>活动层</translation>
    </message>
    <message>
        <source>edaphic factor</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>土壤因子 E</translation>
    </message>
    <message>
        <source>stefan_e: E sqrt(DDT) with the E specified below. stefan: E is computed from the conductivity, density and water content of the soil.</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>stefan_e：E sqrt(DDT)，E 在下方给定。stefan：由土的导热系数、密度和含水量计算 E。</translation>
    </message>
    <message>
        <source>thaw depth</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>融化深度</translation>
    </message>
    <message>
        <source>thawing degree days</source>
        <extracomment>permafrost:activelayer</extracomment>
        <translation>融化指数</translation>
    </message>
    <message>
        <source>1 Prepare</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>1 数据准备</translation>
    </message>
    <message>
        <source>A raster whose grid the output gets. Its values are not used.</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>输出采用该栅格的格网，其数值不使用。</translation>
    </message>
    <message>
        <source>Align to grid</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>对齐到格网</translation>
    </message>
    <message>
        <source>Aligned raster</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>对齐后的栅格</translation>
    </message>
    <message>
        <source>All algorithms of this provider align rasters on different grids themselves. Use this one to inspect the aligned layer, to use it several times, or to choose the method. The published method resamples elevation to 1 km by bilinear interpolation and land cover by the mode.</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>本工具集的所有算法都会自动对齐格网不同的栅格。若要查看或多次使用对齐后的图层，或自行选择方法，请使用本算法。已发表的方法以双线性插值将高程重采样到 1 km，以众数重采样土地覆盖。</translation>
    </message>
    <message>
        <source>Average</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>平均</translation>
    </message>
    <message>
        <source>Bilinear</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>双线性</translation>
    </message>
    <message>
        <source>Cells without a value stay without one and do not affect the mean of their neighbours.</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>无值的像元仍然无值，也不影响邻近像元的平均值。</translation>
    </message>
    <message>
        <source>Grid</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>格网</translation>
    </message>
    <message>
        <source>Most frequent value</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>众数</translation>
    </message>
    <message>
        <source>Nearest</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>最邻近</translation>
    </message>
    <message>
        <source>Raster</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>栅格</translation>
    </message>
    <message>
        <source>Resamples a raster onto the grid of another one: same CRS, cell size, origin, and number of cells.</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>将栅格重采样到另一栅格的格网：CRS、像元大小、原点和像元数均相同。</translation>
    </message>
    <message>
        <source>Resampling method</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>重采样方法</translation>
    </message>
    <message>
        <source>The raster on the grid of GRID, in its own data type.</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>位于 GRID 格网上的栅格，数据类型不变。</translation>
    </message>
    <message>
        <source>The raster to be aligned. All its bands are resampled.</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>要对齐的栅格，其所有波段都会重采样。</translation>
    </message>
    <message>
        <source>aggregate</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>聚合</translation>
    </message>
    <message>
        <source>bilinear suits temperatures, degree days and elevation; mode suits classes (the class that covers most of the cell); average suits percentages; nearest keeps values as they are.</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>bilinear 适合温度、冻融指数和高程；mode 适合分类数据（取覆盖像元最多的类别）；average 适合百分比；nearest 保持原值。</translation>
    </message>
    <message>
        <source>match</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>匹配</translation>
    </message>
    <message>
        <source>regrid</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>格网转换</translation>
    </message>
    <message>
        <source>reproject</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>重投影</translation>
    </message>
    <message>
        <source>resample</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>重采样</translation>
    </message>
    <message>
        <source>snap</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>捕捉</translation>
    </message>
    <message>
        <source>warp</source>
        <extracomment>permafrost:aligntogrid</extracomment>
        <translation>投影变换</translation>
    </message>
    <message>
        <source>A raster of classes 0 to 255, for example from &apos;Permafrost map&apos;.</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>值为 0 至 255 的分类栅格，例如来自“多年冻土图”。</translation>
    </message>
    <message>
        <source>Area of all classes [km²]</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>所有类别的面积 [km²]</translation>
    </message>
    <message>
        <source>Area of class 2, seasonally frozen ground [km²]</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>类别 2（季节冻土）的面积 [km²]</translation>
    </message>
    <message>
        <source>Area of class 3, glaciers [km²]</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>类别 3（冰川）的面积 [km²]</translation>
    </message>
    <message>
        <source>Area of class 4, lakes [km²]</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>类别 4（湖泊）的面积 [km²]</translation>
    </message>
    <message>
        <source>Area of permafrost [km²]</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>多年冻土面积 [km²]</translation>
    </message>
    <message>
        <source>Areas</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>面积</translation>
    </message>
    <message>
        <source>Areas of a permafrost map</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>多年冻土图面积统计</translation>
    </message>
    <message>
        <source>Districts</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>行政区</translation>
    </message>
    <message>
        <source>Each cell counts with its own area on the ellipsoid, both on grids in degrees and on projected grids: a cell of 0.01° covers 1.02 km² at 34° N and 0.90 km² at 43° N. A cell belongs to the polygon that contains its centre.</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>无论经纬度格网还是投影格网，每个像元均按其在椭球面上的面积计算：0.01° 的像元在 34° N 为 1.02 km²，在 43° N 为 0.90 km²。像元归入包含其中心的面。</translation>
    </message>
    <message>
        <source>Field that names the districts; polygons of the same name are one district.</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>行政区名称字段；同名的面为同一行政区。</translation>
    </message>
    <message>
        <source>Map</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>制图结果</translation>
    </message>
    <message>
        <source>Name of the district</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>行政区名称</translation>
    </message>
    <message>
        <source>One row per district and class: area and share of the district.</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>每个行政区和类别一行：面积及其占该行政区的比例。</translation>
    </message>
    <message>
        <source>Polygons for which areas are summed separately.</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>分别统计面积的面。</translation>
    </message>
    <message>
        <source>Share of permafrost in the map [%]</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>图中多年冻土的占比 [%]</translation>
    </message>
    <message>
        <source>Sums the areas of the classes of a map on the ellipsoid, in total and per polygon.</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>在椭球面上统计图中各类别的面积，可统计全图和各个面。</translation>
    </message>
    <message>
        <source>area</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>面积</translation>
    </message>
    <message>
        <source>district</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>行政区</translation>
    </message>
    <message>
        <source>extent</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>范围</translation>
    </message>
    <message>
        <source>geodesic</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>椭球面</translation>
    </message>
    <message>
        <source>km2</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>平方千米 km2</translation>
    </message>
    <message>
        <source>percent</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>百分比</translation>
    </message>
    <message>
        <source>permafrost extent</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>多年冻土分布范围</translation>
    </message>
    <message>
        <source>statistics</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>统计</translation>
    </message>
    <message>
        <source>zonal</source>
        <extracomment>permafrost:areastatistics</extracomment>
        <translation>分区统计</translation>
    </message>
    <message>
        <source>2 Land surface temperature</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>2 地表温度</translation>
    </message>
    <message>
        <source>Assess gap filling</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>评价缺测插补</translation>
    </message>
    <message>
        <source>Basin</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>流域</translation>
    </message>
    <message>
        <source>By octants</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>按八分象限</translation>
    </message>
    <message>
        <source>CRPS</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>CRPS</translation>
    </message>
    <message>
        <source>Chosen automatically</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Clouds</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>云形</translation>
    </message>
    <message>
        <source>Continuous ranked probability score [K]</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>连续分级概率评分 (CRPS) [K]</translation>
    </message>
    <message>
        <source>Day of the first band</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>首波段的日期</translation>
    </message>
    <message>
        <source>Elevation [m]</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>高程 [m]</translation>
    </message>
    <message>
        <source>Elevation and the pattern of other dates</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>高程与其他日期的空间格局</translation>
    </message>
    <message>
        <source>Elevation with a fixed lapse rate</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>高程，固定温度直减率</translation>
    </message>
    <message>
        <source>Estimation of the variogram</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>变异函数的估计方法</translation>
    </message>
    <message>
        <source>Exponential</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>指数模型</translation>
    </message>
    <message>
        <source>For comparison the same cells are also filled with a slope on elevation (if there is a DEM) and without any trend.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>作为对照，同样的像元还会以高程斜率（给出 DEM 时）和不带任何趋势的方式各插补一次。</translation>
    </message>
    <message>
        <source>For elevation_reference: the number of scenes, nearest in time, from which another is predicted.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>用于 elevation_reference：预测一景影像所用的时间上最邻近的影像数。</translation>
    </message>
    <message>
        <source>For rasters without dates of their bands, or with wrong ones. Further bands follow daily, or at the intervals stated in the file; a time axis without leap days keeps its calendar.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>用于波段没有日期或日期有误的栅格。其余波段逐日顺延，或按文件中给出的间隔顺延；不含闰日的时间轴保持其历法。</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>高斯模型</translation>
    </message>
    <message>
        <source>Hole effect</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>孔穴效应模型</translation>
    </message>
    <message>
        <source>Known cells are withheld, either single cells at random or cells under the shapes of clouds in other scenes of the stack, and filled as &apos;Fill gaps of LST&apos; would do. Single cells have known neighbours on all sides, so their scores are optimistic; clouds are what has to be filled in practice.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>留出部分有值像元（随机的单个像元，或序列中其他影像的云形所覆盖的像元），并按“LST 缺测插补”的做法插补。单个像元四周都有已知值，因此评分偏乐观；实际需要插补的是云下像元。</translation>
    </message>
    <message>
        <source>Known cells used for each estimate; a multiple of 8 for octant. More are slower and, up to about 64, better.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>每次估计所用的有值像元数；octant 要求为 8 的倍数。越多越慢，约 64 个以内越多越好。</translation>
    </message>
    <message>
        <source>LST stack</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>LST 影像序列</translation>
    </message>
    <message>
        <source>Lapse rate [K/km]</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>温度直减率 [K/km]</translation>
    </message>
    <message>
        <source>Linear</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>线性模型</translation>
    </message>
    <message>
        <source>Linear in elevation, estimated from each scene</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>高程线性趋势，逐景估计</translation>
    </message>
    <message>
        <source>Matérn</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>Matérn 模型</translation>
    </message>
    <message>
        <source>Maximum likelihood</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>极大似然</translation>
    </message>
    <message>
        <source>Mean error, filled minus true [K]</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>平均误差，插补值减真值 [K]</translation>
    </message>
    <message>
        <source>Mean of the scene</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>影像均值</translation>
    </message>
    <message>
        <source>Method of moments</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>矩法</translation>
    </message>
    <message>
        <source>Model of the residuals. auto: two nested exponentials, a short and a long one, with anisotropy. spherical, exponential, gaussian, matern (its smoothness is estimated) and hole-effect have one structure; linear and power have no sill and can be estimated by moments only.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>残差的模型。auto：一短一长两个套合的指数结构，考虑各向异性。spherical、exponential、gaussian、matern（其光滑度由数据估计）和 hole-effect 为单一结构；linear 和 power 没有基台值，只能用 moments 估计。</translation>
    </message>
    <message>
        <source>Month</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>月份</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>邻近点数</translation>
    </message>
    <message>
        <source>Nugget [K²]</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>块金值 [K²]</translation>
    </message>
    <message>
        <source>Number of scenes that are tested, spread evenly over the stack. Scenes with few known cells are excluded.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>检验的影像数，在序列中均匀选取。有值像元过少的影像不参与。</translation>
    </message>
    <message>
        <source>Of each scene that is tested.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>指每景受检影像中的比例。</translation>
    </message>
    <message>
        <source>One band per day, for example from &apos;Build LST stacks&apos;, or a single scene. Temperatures in °C or K; gaps are nodata.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>每日一个波段，例如来自“构建 LST 影像序列”；也可为单景影像。温度单位为 °C 或 K；缺测为无数据值 (nodata)。</translation>
    </message>
    <message>
        <source>One variogram per</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>变异函数的估计单元</translation>
    </message>
    <message>
        <source>Pattern of withheld cells</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>留出像元的形态</translation>
    </message>
    <message>
        <source>Polygons. Cells whose centre lies outside remain gaps.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>面。中心在其外的像元不插补。</translation>
    </message>
    <message>
        <source>Power</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>幂函数模型</translation>
    </message>
    <message>
        <source>RMSE</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>均方根误差 (RMSE)</translation>
    </message>
    <message>
        <source>Range [m]</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>变程 [m]</translation>
    </message>
    <message>
        <source>Reference scenes</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>参照影像数</translation>
    </message>
    <message>
        <source>Required by all trends except none. It is aligned to the grid of the stack.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>除 none 外的所有趋势均需要。会自动对齐到影像序列的格网。</translation>
    </message>
    <message>
        <source>Root mean square error [K]</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>均方根误差 [K]</translation>
    </message>
    <message>
        <source>Scene</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>影像</translation>
    </message>
    <message>
        <source>Scenes</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>影像</translation>
    </message>
    <message>
        <source>Search</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>邻近点的搜索</translation>
    </message>
    <message>
        <source>Share of known cells to withhold</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>留出的有值像元比例</translation>
    </message>
    <message>
        <source>Share of withheld cells inside nominal 95 % intervals</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>落入名义 95% 区间的留出像元比例</translation>
    </message>
    <message>
        <source>Sill of the structure without the nugget.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>该结构的基台值，不含块金值。</translation>
    </message>
    <message>
        <source>Single cells</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>单个像元</translation>
    </message>
    <message>
        <source>Smoothness</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>光滑度</translation>
    </message>
    <message>
        <source>Spherical</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>球状模型</translation>
    </message>
    <message>
        <source>The practical range: the exponential model reaches 95 % of its sill there.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>实际变程：指数模型在此处达到基台值的 95%。</translation>
    </message>
    <message>
        <source>The same seed reproduces the same result.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>同一随机种子得到相同的结果。</translation>
    </message>
    <message>
        <source>Together with SILL and RANGE: the order of matern, where 0.5 is exponential, or the exponent of power, below 2. Other models ignore it.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>与 SILL 和 RANGE 一同给出：matern 的阶数（0.5 即指数模型），或 power 的幂次（小于 2）。其他模型不使用。</translation>
    </message>
    <message>
        <source>Together with SILL and RANGE: use this variogram instead of estimating one. If known cells are predicted with errors of more than three times the standard deviation, as with smooth models without a nugget, it gets the most likely nugget and scale, and the log states it.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>与 SILL 和 RANGE 一同给出：使用该变异函数而不再估计。如果有值像元的预测误差超过标准差的三倍（例如无块金值的光滑模型），则改用最可能的块金值和比例，并在日志中说明。</translation>
    </message>
    <message>
        <source>Trend</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Two nested exponentials</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>双重套合指数模型</translation>
    </message>
    <message>
        <source>Used by fixed_lapse, and where no slope can be fitted.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>用于 fixed_lapse，以及无法拟合斜率之处。</translation>
    </message>
    <message>
        <source>Variogram</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>变异函数</translation>
    </message>
    <message>
        <source>What is subtracted before kriging. elevation: a slope with elevation fitted to each scene. elevation_reference: a slope and the pattern of other dates at the same place, the best choice for stacks with many scenes. fixed_lapse: a slope of LAPSE_RATE. none: the mean. Where a slope cannot be fitted or is implausible, the next simpler trend is used, and the report states it.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>克里格插值前减去的部分。elevation：逐景拟合的高程斜率。elevation_reference：高程斜率加同一位置在其他日期的空间格局，影像多的序列以此为最佳。fixed_lapse：以 LAPSE_RATE 为斜率。none：均值。斜率无法拟合或不合理时，改用下一个更简单的趋势，并在报告中说明。</translation>
    </message>
    <message>
        <source>Withholds known cells, fills them and compares: RMSE, MAE, bias, coverage of the intervals, CRPS.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>留出部分有值像元，插补后与原值比较：RMSE、MAE、偏差、置信区间覆盖率、CRPS。</translation>
    </message>
    <message>
        <source>clouds</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>云</translation>
    </message>
    <message>
        <source>clouds: cells under the shapes of clouds copied from other scenes of the stack, or of the gaps of the scene itself if it is the only one. cells: single cells at random.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>clouds：从序列中其他影像复制云形（只有一景时取其自身缺测的形状），留出其覆盖的像元。cells：随机的单个像元。</translation>
    </message>
    <message>
        <source>coverage</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>cross-validation</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>交叉验证</translation>
    </message>
    <message>
        <source>gap filling</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>缺测插补</translation>
    </message>
    <message>
        <source>kriging</source>
        <extracomment>algorithms/lst/kriging.py</extracomment>
        <translation>克里格插值</translation>
    </message>
    <message>
        <source>octant: the nearest known cells in each of eight directions. nearest: the nearest in any direction.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>octant：八个方向上各取最邻近的有值像元。nearest：不分方向，取最邻近者。</translation>
    </message>
    <message>
        <source>scene: each scene has its own variogram. month: its shape is estimated from the four scenes of the month with the most known cells, its scale from each scene. auto: scene for stacks of up to 31 bands, month for longer ones.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>scene：每景影像各有其变异函数。month：形状由当月有值像元最多的四景影像估计，比例逐景估计。auto：不超过 31 个波段的序列用 scene，更长的用 month。</translation>
    </message>
    <message>
        <source>withheld</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>留出</translation>
    </message>
    <message>
        <source>All points with their own fields and: cell (column and row), ttop, map_class, mapped and observed permafrost, error (TTOP minus the MAGT of the point, K), and status (used, or why not).</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>全部点，保留其原有字段，并增加：cell（列号和行号）、ttop、map_class、图上与实测的多年冻土、误差（TTOP 减该点的 MAGT，K）和 status（已使用，或未使用的原因）。</translation>
    </message>
    <message>
        <source>Boreholes</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>钻孔</translation>
    </message>
    <message>
        <source>Boreholes compared</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>参与比较的钻孔</translation>
    </message>
    <message>
        <source>Cells with presence compared</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>参与存在与否比较的像元数</translation>
    </message>
    <message>
        <source>Cells with temperature compared</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>参与温度比较的像元数</translation>
    </message>
    <message>
        <source>Compare with boreholes</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>与钻孔比较</translation>
    </message>
    <message>
        <source>Compares TTOP and a permafrost map with boreholes, or with points of observed presence and absence.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>将 TTOP 和多年冻土图与钻孔，或与实测多年冻土存在与否的点比较。</translation>
    </message>
    <message>
        <source>Depth [m]</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>深度 [m]</translation>
    </message>
    <message>
        <source>Field of the points; empty where a point has no temperature.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>点图层的字段；没有地温的点留空。</translation>
    </message>
    <message>
        <source>Field with the depth at which MAGT was measured.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>给出 MAGT 测量深度的字段。</translation>
    </message>
    <message>
        <source>Field with the presence of permafrost, for points without MAGT such as rock glaciers. Where it is given, presence is taken from it instead of from MAGT.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>给出多年冻土存在与否的字段，用于没有 MAGT 的点，例如石冰川。该字段有值时，存在与否以其为准，而不以 MAGT 为准。</translation>
    </message>
    <message>
        <source>For use in models: without boreholes, do nothing and succeed instead of reporting an error.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>用于模型：没有钻孔时什么也不做并正常结束，而不报错。</translation>
    </message>
    <message>
        <source>From &apos;TTOP&apos;, or any mean annual temperature. Without a map, permafrost is where it is at or below the threshold.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>来自“TTOP”，或任何年平均温度。未给出图时，不高于阈值处为多年冻土。</translation>
    </message>
    <message>
        <source>GTN-P</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>GTN-P</translation>
    </message>
    <message>
        <source>MAGT</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>MAGT</translation>
    </message>
    <message>
        <source>MAGT is measured at some depth, while TTOP is the temperature at the top of permafrost. At the depth of zero annual amplitude, MAGT differs from TTOP by the geothermal gradient and by the memory of the climate of past decades. Boreholes are not drilled at random, so the figures hold for places like theirs.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>MAGT 在某一深度测得，而 TTOP 是多年冻土顶板的温度。在年变化深度处，MAGT 与 TTOP 之差来自地温梯度和地温对过去几十年气候的记忆。钻孔位置并非随机选取，因此所得数值只适用于与其相似的地点。</translation>
    </message>
    <message>
        <source>Permafrost observed only</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>仅实测有多年冻土</translation>
    </message>
    <message>
        <source>Points.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>点。</translation>
    </message>
    <message>
        <source>Presence and absence are compared first: a point has permafrost where its mean annual ground temperature (MAGT) is 0 °C or below, or where a field says so, as for rock glaciers and pits. Temperature comes second: TTOP minus MAGT.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>首先比较存在与否：年平均地温 (MAGT) 不高于 0 °C 的点有多年冻土，或以字段所记为准，例如石冰川和探坑。其次比较温度：TTOP 减 MAGT。</translation>
    </message>
    <message>
        <source>Several points in one cell of the map are one observation. Their temperatures are averaged; where a field gives presence and they disagree, the cell is left out. Points that lie off the map, have no observation, or lie where the map has no value are left out too; the layer and the report say which.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>落在图上同一像元内的多个点算作一个观测。其温度取平均；存在与否由字段给出且彼此矛盾时，该像元不计。位于图外、没有观测或所在处图上无值的点也不计；图层和报告中均有说明。</translation>
    </message>
    <message>
        <source>Share of permafrost observed</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>实测多年冻土的占比</translation>
    </message>
    <message>
        <source>Skip without boreholes</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>无钻孔时跳过</translation>
    </message>
    <message>
        <source>Threshold of TTOP [°C]</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>TTOP 阈值 [°C]</translation>
    </message>
    <message>
        <source>Values of that field that mean permafrost, as numbers or texts separated by commas.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>该字段中代表多年冻土的值，为数字或文本，以逗号分隔。</translation>
    </message>
    <message>
        <source>Values of the map that mean permafrost, separated by commas.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>图中代表多年冻土的值，以逗号分隔。</translation>
    </message>
    <message>
        <source>Values of the map to leave out, by default glaciers and lakes; cells without a value always are.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>图中不参与比较的值，默认为冰川和湖泊；无值的像元始终不参与。</translation>
    </message>
    <message>
        <source>Without a map, permafrost is where TTOP is at or below this threshold.</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>未给出图时，TTOP 不高于该阈值处为多年冻土。</translation>
    </message>
    <message>
        <source>bias</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>偏差</translation>
    </message>
    <message>
        <source>boreholes</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>钻孔</translation>
    </message>
    <message>
        <source>ground temperature</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>地温</translation>
    </message>
    <message>
        <source>points</source>
        <extracomment>algorithms/layers/vectors.py</extracomment>
        <translation>点</translation>
    </message>
    <message>
        <source>presence</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>存在与否</translation>
    </message>
    <message>
        <source>rock glaciers</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>石冰川</translation>
    </message>
    <message>
        <source>A raster whose grid the stacks get, such as the DEM. Its values are not used.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>影像序列采用该栅格的格网，例如 DEM。其数值不使用。</translation>
    </message>
    <message>
        <source>A run that was stopped continues where it was: a stack that was finished with the same parameters from the same files is left as it is. Do not run two builds into the same folder at the same time.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>运行中断后从中断处续跑：由相同文件、以相同参数完成的影像序列保持不动。不要同时向同一文件夹运行两个构建任务。</translation>
    </message>
    <message>
        <source>Accepted error according to the quality bits</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>质量位允许的误差</translation>
    </message>
    <message>
        <source>Aqua, day</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>Aqua 白天</translation>
    </message>
    <message>
        <source>Aqua, night</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>Aqua 夜间</translation>
    </message>
    <message>
        <source>As the file names say</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>以文件名为准</translation>
    </message>
    <message>
        <source>Build LST stacks</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>构建 LST 影像序列</translation>
    </message>
    <message>
        <source>By default that of the first scene of any overpass.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>默认采用所有过境中第一景影像的日期。</translation>
    </message>
    <message>
        <source>By default that of the last scene of any overpass.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>默认采用所有过境中最后一景影像的日期。</translation>
    </message>
    <message>
        <source>CRS</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>CRS</translation>
    </message>
    <message>
        <source>Cell size</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>像元大小</translation>
    </message>
    <message>
        <source>Day shift</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>日期偏移</translation>
    </message>
    <message>
        <source>Days to add to the date in the name, by overpass, such as aqua_night:1; separate several by commas. Aqua passes at about 01:30 local time: where a product is dated in UTC, its date may be the local day before or after, depending on the longitude. Choose the shift so that days agree with the station data.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>按过境给文件名中的日期加上的天数，例如 aqua_night:1；多项以逗号分隔。Aqua 约在地方时 01:30 过境：如果产品按 UTC 标注日期，则视经度不同，该日期可能是当地的前一天或后一天。应选择使日期与站点数据一致的偏移。</translation>
    </message>
    <message>
        <source>Days with a scene</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>有影像的天数</translation>
    </message>
    <message>
        <source>Days without a scene</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>无影像的天数</translation>
    </message>
    <message>
        <source>Each day between start and end has a band; a day without a usable scene is an empty band and is reported. A file that cannot be read, or whose median lies outside 200 to 340 K, is left out and reported with the reason; if the first scene is already implausible, the run is refused, since the scale must be wrong. Values outside 150 to 400 K are treated as missing.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>起止日期之间每日一个波段；没有可用影像的日期为空波段，并予以说明。无法读取或中位数在 200 至 340 K 之外的文件不采用，并说明原因；如果第一景影像就不合理，则拒绝运行，因为缩放系数必定有误。150 至 400 K 之外的值视为缺测。</translation>
    </message>
    <message>
        <source>Extent</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>范围</translation>
    </message>
    <message>
        <source>First day</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>Folder of the scenes</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>影像文件夹</translation>
    </message>
    <message>
        <source>Folder of the stacks</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>影像序列文件夹</translation>
    </message>
    <message>
        <source>HDF</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>HDF</translation>
    </message>
    <message>
        <source>How scenes are resampled to another grid: bilinear interpolates, nearest keeps values as they are, average suits a grid much coarser than the scenes. Cells without a value are ignored; with bilinear and nearest, gaps keep their size.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>影像重采样到其他格网的方法：bilinear 为插值，nearest 保持原值，average 适合比影像粗得多的格网。无值的像元不参与；使用 bilinear 和 nearest 时，缺测范围不变。</translation>
    </message>
    <message>
        <source>It gets files such as terra_day_2005.tif, or terra_day_2005-2020.tif for a period.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>其中生成 terra_day_2005.tif 之类的文件；按整个时段则为 terra_day_2005-2020.tif。</translation>
    </message>
    <message>
        <source>It is searched with its subfolders.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>连同子文件夹一起搜索。</translation>
    </message>
    <message>
        <source>Last day</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>MOD11A1</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>MOD11A1</translation>
    </message>
    <message>
        <source>MODIS</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>MODIS</translation>
    </message>
    <message>
        <source>MYD11A1</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>MYD11A1</translation>
    </message>
    <message>
        <source>Missing value</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>缺测值</translation>
    </message>
    <message>
        <source>Not checked</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>不检查</translation>
    </message>
    <message>
        <source>Offset [K]</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>偏移量 [K]</translation>
    </message>
    <message>
        <source>One stack per</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>每个影像序列的时段</translation>
    </message>
    <message>
        <source>Only for modis. within_1k, within_2k, within_3k: cells with a larger average error, or for which no temperature was produced, are removed; exported scenes need QC_Day and QC_Night beside them, those of the products 21A1 need QC. none: the quality bits are not read.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>仅用于 modis。within_1k、within_2k、within_3k：剔除平均误差更大或未生成温度的像元；导出的影像旁须有 QC_Day 和 QC_Night，21A1 产品须有 QC。none：不读取质量位。</translation>
    </message>
    <message>
        <source>Other files</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>其他文件</translation>
    </message>
    <message>
        <source>Overpass</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>过境</translation>
    </message>
    <message>
        <source>Pattern of the file names</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>文件名模式</translation>
    </message>
    <message>
        <source>Polygons. Cells whose centre lies outside get no value.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>面。中心在其外的像元无值。</translation>
    </message>
    <message>
        <source>Product</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>数据产品</translation>
    </message>
    <message>
        <source>QC</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>QC</translation>
    </message>
    <message>
        <source>Scale</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>缩放系数</translation>
    </message>
    <message>
        <source>Stacks of Aqua, day</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>Aqua 白天影像序列</translation>
    </message>
    <message>
        <source>Stacks of Aqua, night</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>Aqua 夜间影像序列</translation>
    </message>
    <message>
        <source>Stacks of Terra, day</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>Terra 白天影像序列</translation>
    </message>
    <message>
        <source>Stacks of Terra, night</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>Terra 夜间影像序列</translation>
    </message>
    <message>
        <source>Stored where there is no temperature, in addition to the nodata value of the files. By default that of the product.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>没有温度之处存储的值，文件自身的无数据值 (nodata) 之外另行指定。默认采用数据产品的值。</translation>
    </message>
    <message>
        <source>Stored x SCALE + OFFSET is in K. By default that of the product.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>存储值 x SCALE + OFFSET 的单位为 K。默认采用数据产品的值。</translation>
    </message>
    <message>
        <source>TRIMS</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>TRIMS</translation>
    </message>
    <message>
        <source>TRIMS LST</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>TRIMS LST</translation>
    </message>
    <message>
        <source>Terra, day</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>Terra 白天</translation>
    </message>
    <message>
        <source>Terra, night</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>Terra 夜间</translation>
    </message>
    <message>
        <source>Turns a folder of scenes into stacks in °C on one grid: a file per overpass and year, a band per day.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>将一个文件夹的影像构建为同一格网上单位为 °C 的影像序列：每种过境、每年一个文件，每日一个波段。</translation>
    </message>
    <message>
        <source>Whole period</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>整个时段</translation>
    </message>
    <message>
        <source>Within 1 K</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>误差在 1 K 以内</translation>
    </message>
    <message>
        <source>Within 2 K</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>误差在 2 K 以内</translation>
    </message>
    <message>
        <source>Within 3 K</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>误差在 3 K 以内</translation>
    </message>
    <message>
        <source>Without GRID: in units of the CRS; by default the cells of the scenes are kept.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>未给出 GRID 时：以 CRS 的单位计；默认保持影像的像元。</translation>
    </message>
    <message>
        <source>Without GRID: the CRS of the stacks; by default that of the scenes.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>未给出 GRID 时：影像序列的 CRS；默认采用影像的 CRS。</translation>
    </message>
    <message>
        <source>Without GRID: the extent of the stacks; by default that of BASIN, or all that the scenes cover.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>未给出 GRID 时：影像序列的范围；默认采用 BASIN 的范围，或影像覆盖的全部范围。</translation>
    </message>
    <message>
        <source>Year</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>年</translation>
    </message>
    <message>
        <source>from_name: all four, as the file names state. terra_day, terra_night, aqua_day or aqua_night: only this one, which the file names need not state.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>from_name：四次过境全部采用，以文件名为准。terra_day、terra_night、aqua_day 或 aqua_night：只取这一次过境，文件名中无需写明。</translation>
    </message>
    <message>
        <source>land surface temperature</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>地表温度</translation>
    </message>
    <message>
        <source>mosaic</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>镶嵌</translation>
    </message>
    <message>
        <source>quality</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>质量</translation>
    </message>
    <message>
        <source>scenes</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>影像</translation>
    </message>
    <message>
        <source>time series</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>时间序列</translation>
    </message>
    <message>
        <source>year: a file per overpass and year, each of which is kept when a run is stopped. period: a file per overpass for all days, as the model &apos;permafrost map from LST&apos; requires.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>year：每种过境、每年一个文件，运行中断时已完成的文件保留。period：每种过境一个文件，包含全部日期，“由 LST 制作多年冻土图”模型要求如此。</translation>
    </message>
    <message>
        <source>A CSV file with the class, r_k, name, surveyed cells and further columns, which &apos;r_k factor&apos; accepts as TABLE_FILE.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>CSV 文件，含类别、r_k、名称、调查像元数等列，可作为“r_k 系数”的 TABLE_FILE。</translation>
    </message>
    <message>
        <source>A calibrated map always agrees well with the survey it was calibrated on. How well it performs elsewhere is estimated by cross-validation: the survey is divided into square blocks, the blocks are assigned to folds at random, and each fold is compared with a map whose r_k were calibrated on the other folds. This is repeated several times. The same is done for the best single r_k, which shows whether classes improve the map at all.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>率定得到的图与率定所用的调查总是一致性很好。它在别处的表现由交叉验证估计：将调查范围划分为方形块，把块随机分到各折，每一折都与 r_k 由其余各折率定的图比较，并重复多次。对最优单一 r_k 也做同样的检验，由此可知划分类别是否真正改进了多年冻土图。</translation>
    </message>
    <message>
        <source>A calibrated r_k compensates for every cause of disagreement between map and survey, including a bias of DDT and DDF. It is valid for these layers only, and is not a property of the ground that could be transferred to other areas.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>率定的 r_k 补偿了图与调查不一致的所有原因，包括 DDT 和 DDF 的偏差。它只对这些图层有效，并非可以移用到其他地区的地面性质。</translation>
    </message>
    <message>
        <source>A cell is permafrost where DDF is at least r_k DDT. The r_k of all classes are chosen together so that Cohen&apos;s kappa of the map against the survey is as large as possible: the exact optimum over all combinations of r_k in steps of 0.001, found by Dinkelbach&apos;s method. Among equally good r_k of a class, the one nearest to the best single r_k is taken. A class with few or no surveyed cells is assigned the best single r_k.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>DDF 不小于 r_k DDT 的像元为多年冻土。所有类别的 r_k 同时选取，使图相对于调查的 Kappa 系数达到最大：以 0.001 为步长，在 r_k 的全部组合中用 Dinkelbach 方法求得精确最优解。某一类别有多个同样好的 r_k 时，取最接近最优单一 r_k 者。调查像元很少或没有的类别采用最优单一 r_k。</translation>
    </message>
    <message>
        <source>A class with fewer surveyed cells is assigned the best single r_k.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>调查像元少于此数的类别采用最优单一 r_k。</translation>
    </message>
    <message>
        <source>A raster of classes; cells without a value count as not surveyed.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>分类栅格；无值的像元视为未调查。</translation>
    </message>
    <message>
        <source>A raster of whole numbers, one per class that is to have an r_k of its own, such as land cover or soil clusters. On a different grid, the most frequent class within each cell of DDT is used.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>整数栅格，每个值为一个单独取 r_k 的类别，例如土地覆盖或土壤聚类。格网不同时，取 DDT 每个像元内的众数类别。</translation>
    </message>
    <message>
        <source>Adjacent blocks still resemble each other, and all of them belong to one survey. The held-out kappa applies to gaps within the surveyed area, and is too optimistic for another region.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>相邻的块仍然彼此相似，且都属于同一次调查。留出的 Kappa 系数适用于调查范围内的空缺，对其他区域则过于乐观。</translation>
    </message>
    <message>
        <source>Best single r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>最优单一 r_k</translation>
    </message>
    <message>
        <source>Block size [cells]</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>分块边长 [像元]</translation>
    </message>
    <message>
        <source>Calibrate r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>率定 r_k</translation>
    </message>
    <message>
        <source>Calibrates the r_k of each class against a survey map, and cross-validates it on held-out blocks.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>以调查图率定各类别的 r_k，并在留出的块上交叉验证。</translation>
    </message>
    <message>
        <source>Classes</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>类别</translation>
    </message>
    <message>
        <source>Classes that have no r_k, such as water and permanent ice, separated by commas. Their cells are nodata in the result, as in that of &apos;r_k factor&apos;.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>没有 r_k 的类别，例如水体和永久性冰雪，以逗号分隔。其像元在结果中为无数据值 (nodata)，与“r_k 系数”的结果相同。</translation>
    </message>
    <message>
        <source>Classes without r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>没有 r_k 的类别</translation>
    </message>
    <message>
        <source>Excluded values of the survey map</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>调查图中不参与比较的值</translation>
    </message>
    <message>
        <source>Folds</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>折数</translation>
    </message>
    <message>
        <source>Held-out kappa, best single r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>留出的 Kappa 系数，最优单一 r_k</translation>
    </message>
    <message>
        <source>How often the blocks are assigned to folds anew. The held-out kappa is the mean over the repeats, and the report shows their spread.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>将块重新分到各折的次数。留出的 Kappa 系数为各次重复的平均值，其离散程度见报告。</translation>
    </message>
    <message>
        <source>Kappa, best single r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>Kappa 系数，最优单一 r_k</translation>
    </message>
    <message>
        <source>Kappa, r_k by class</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>Kappa 系数，按类别的 r_k</translation>
    </message>
    <message>
        <source>Lower end of the range that is searched.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>搜索范围的下限。</translation>
    </message>
    <message>
        <source>Maximum r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>r_k 最大值</translation>
    </message>
    <message>
        <source>Minimum cells per class</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>每类最少像元数</translation>
    </message>
    <message>
        <source>Minimum r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>r_k 最小值</translation>
    </message>
    <message>
        <source>Number of folds of the cross-validation. Each fold is compared with r_k calibrated on the others: 5 folds hold out a fifth of the blocks at a time.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>交叉验证的折数。每一折与由其余各折率定的 r_k 比较：5 折即每次留出五分之一的块。</translation>
    </message>
    <message>
        <source>Permafrost in the survey map</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>调查图中的多年冻土</translation>
    </message>
    <message>
        <source>Ratio of thawed to frozen thermal conductivity, dimensionless.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>融化与冻结状态导热系数之比，无量纲。</translation>
    </message>
    <message>
        <source>Repeats</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Side of the square blocks that are held out as a whole; choose it larger than the distance over which errors of the map are correlated.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>整体留出的方形块的边长，应大于图的误差相关的距离。</translation>
    </message>
    <message>
        <source>Survey map</source>
        <extracomment>raster/simulate/sample.py</extracomment>
        <translation>调查图</translation>
    </message>
    <message>
        <source>Table of r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>r_k 表</translation>
    </message>
    <message>
        <source>The same seed assigns the blocks to the same folds.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>同一随机种子把块分到相同的折。</translation>
    </message>
    <message>
        <source>Upper end of the range that is searched.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>搜索范围的上限。</translation>
    </message>
    <message>
        <source>Values of the survey map that are not compared, such as glaciers and lakes, separated by commas.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>调查图中不参与比较的值，例如冰川和湖泊，以逗号分隔。</translation>
    </message>
    <message>
        <source>Values of the survey map that mean permafrost, separated by commas. All other values mean ground without permafrost.</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>调查图中代表多年冻土的值，以逗号分隔。其余的值均为非多年冻土。</translation>
    </message>
    <message>
        <source>calibration</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>率定</translation>
    </message>
    <message>
        <source>land cover</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>土地覆盖</translation>
    </message>
    <message>
        <source>r_k</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>r_k</translation>
    </message>
    <message>
        <source>rk</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>rk</translation>
    </message>
    <message>
        <source>soil clusters</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>土壤聚类</translation>
    </message>
    <message>
        <source>thermal conductivity ratio</source>
        <extracomment>permafrost:calibraterk</extracomment>
        <translation>导热系数之比</translation>
    </message>
    <message>
        <source>A cell with fewer values has no trend.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>值少于此数的像元没有趋势。</translation>
    </message>
    <message>
        <source>Area of permafrost at the first time [km²]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>起始时段的多年冻土面积 [km²]</translation>
    </message>
    <message>
        <source>Area of permafrost at the last time [km²]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>末尾时段的多年冻土面积 [km²]</translation>
    </message>
    <message>
        <source>Area with a class at all times [km²]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>各时段均有类别的面积 [km²]</translation>
    </message>
    <message>
        <source>Areas of the transitions</source>
        <extracomment>permafrost:change</extracomment>
        <translation>转变类型的面积</translation>
    </message>
    <message>
        <source>Autocorrelation of years</source>
        <extracomment>permafrost:change</extracomment>
        <translation>年际自相关</translation>
    </message>
    <message>
        <source>Cells outside are excluded. Polygons, or a raster whose values above 0 count. Only with TTOP.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>其外的像元不参与。面，或栅格（大于 0 的像元计入）。仅用于 TTOP。</translation>
    </message>
    <message>
        <source>Cells that cool significantly [%]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>显著变冷的像元 [%]</translation>
    </message>
    <message>
        <source>Cells that warm significantly [%]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>显著变暖的像元 [%]</translation>
    </message>
    <message>
        <source>Change of permafrost</source>
        <extracomment>permafrost:change</extracomment>
        <translation>多年冻土变化</translation>
    </message>
    <message>
        <source>Compares permafrost between windows of years, and tests the trend of TTOP in each cell.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>比较各时段的多年冻土，并检验每个像元 TTOP 的趋势。</translation>
    </message>
    <message>
        <source>Corrected after Hamed and Rao</source>
        <extracomment>permafrost:change</extracomment>
        <translation>按 Hamed 和 Rao 校正</translation>
    </message>
    <message>
        <source>False discovery rate</source>
        <extracomment>permafrost:change</extracomment>
        <translation>错误发现率</translation>
    </message>
    <message>
        <source>First year</source>
        <extracomment>permafrost:change</extracomment>
        <translation>起始年份</translation>
    </message>
    <message>
        <source>From the first to the last time: ten times the class before plus the class after.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>从起始到末尾时段：原类别的十倍加新类别。</translation>
    </message>
    <message>
        <source>Glaciers</source>
        <extracomment>permafrost:change</extracomment>
        <translation>冰川</translation>
    </message>
    <message>
        <source>Lakes</source>
        <extracomment>permafrost:change</extracomment>
        <translation>湖泊</translation>
    </message>
    <message>
        <source>Mann-Kendall</source>
        <extracomment>permafrost:change</extracomment>
        <translation>Mann-Kendall</translation>
    </message>
    <message>
        <source>Mean trend of TTOP [°C per decade]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>TTOP 的平均趋势 [°C/10a]</translation>
    </message>
    <message>
        <source>One row per pair of times and pair of classes.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>每对时段和每对类别一行。</translation>
    </message>
    <message>
        <source>Permafrost is where mean TTOP is at or below it.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>TTOP 平均值不高于此值处为多年冻土。</translation>
    </message>
    <message>
        <source>Permafrost maps</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>多年冻土图</translation>
    </message>
    <message>
        <source>Permafrost newly in equilibrium with the climate [km²]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>新近与气候平衡的多年冻土 [km²]</translation>
    </message>
    <message>
        <source>Permafrost no longer in equilibrium with the climate [km²]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>不再与气候平衡的多年冻土 [km²]</translation>
    </message>
    <message>
        <source>Polygons, or a raster whose values above 0 count. Only with TTOP.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>面，或栅格（大于 0 的像元计入）。仅用于 TTOP。</translation>
    </message>
    <message>
        <source>Rasters with a band per year, as &apos;TTOP&apos; writes them, or one raster per year. The years are read from the names of the bands, or of layers with a single band.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>每年一个波段的栅格（如“TTOP”所写），或每年一个栅格。年份从波段名读取，单波段图层则从图层名读取。</translation>
    </message>
    <message>
        <source>Sen slope</source>
        <extracomment>permafrost:change</extracomment>
        <translation>Sen 斜率</translation>
    </message>
    <message>
        <source>Sen&apos;s slope over all years, of cells that are neither glacier nor lake.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>全部年份的 Sen 斜率，仅限既非冰川也非湖泊的像元。</translation>
    </message>
    <message>
        <source>Significance of the trend</source>
        <extracomment>permafrost:change</extracomment>
        <translation>趋势的显著性</translation>
    </message>
    <message>
        <source>TTOP is the temperature of permafrost in equilibrium with the climate of the years it was computed from. A cell that changes from permafrost to seasonally frozen ground is therefore no longer in equilibrium with the climate; this does not show that it has thawed, since deep permafrost responds with a delay. In the West Kunlun the extent of permafrost remained relatively stable over 43 years although the land surface warmed by 0.40 °C per decade (Zhao et al. 2025).</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>TTOP 是与计算时段气候平衡的多年冻土的温度。因此，由多年冻土变为季节冻土的像元不再与气候平衡；这并不说明它已经融化，因为深部多年冻土的响应是滞后的。在西昆仑，43 年间地表以每 10 年 0.40 °C 的速率升温，而多年冻土范围保持相对稳定（Zhao et al. 2025）。</translation>
    </message>
    <message>
        <source>The mean of yearly TTOP over each window of years is classified as by &apos;Permafrost map&apos;; single years are weather. Ready permafrost maps are compared in the same way. Areas are computed on the ellipsoid, over the cells that have a class at all times, so the areas of the transitions add up to those of the classes at both times.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>将每个时段内逐年 TTOP 的平均值按“多年冻土图”的方法分类；单独一年只反映天气。现成的多年冻土图以同样方式比较。面积在椭球面上计算，只计入各时段均有类别的像元，因此转变类型的面积之和等于两个时段各类别的面积之和。</translation>
    </message>
    <message>
        <source>The trend of each cell is Sen&apos;s slope over all years, tested by Mann and Kendall with a correction for ties. In a map of many cells some are significant by chance: SIGNIFICANCE holds the p-value adjusted after Benjamini and Hochberg over all cells. Among the cells at or below 0.1, no more than a tenth are expected to be false if years are independent. Neighbouring cells share their weather and are right or wrong together. docs/change.md shows how often the test errs, and what it detects, on simulated data.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>每个像元的趋势为全部年份的 Sen 斜率，用 Mann-Kendall 方法检验，并对结值做校正。一幅图像元众多，总有一些会偶然显著：SIGNIFICANCE 给出按 Benjamini 和 Hochberg 对全部像元校正后的 p 值。如果各年相互独立，则在 p 值不高于 0.1 的像元中，预计错误的不超过十分之一。相邻像元的天气相同，往往一同正确或一同错误。检验出错的频率及其检出能力（基于模拟数据）见 docs/change.md。</translation>
    </message>
    <message>
        <source>Threshold [°C]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>阈值 [°C]</translation>
    </message>
    <message>
        <source>Transitions</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>转变类型</translation>
    </message>
    <message>
        <source>Trend of TTOP [°C per decade]</source>
        <extracomment>permafrost:change</extracomment>
        <translation>TTOP 趋势 [°C/10a]</translation>
    </message>
    <message>
        <source>Trends with an adjusted p-value at or below it are significant; if years are independent, at most this share of them is expected to be false.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>校正后的 p 值不高于此值的趋势为显著；如果各年相互独立，则预计其中错误的比例至多为此值。</translation>
    </message>
    <message>
        <source>Two or more, in chronological order, such as 2005-2009, 2016-2020; by default the first and the last five years. For maps: their labels, separated by commas.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>两个或更多，按时间顺序排列，例如 2005-2009, 2016-2020；默认为最初五年和最末五年。对于多年冻土图：为各图的标签，以逗号分隔。</translation>
    </message>
    <message>
        <source>Windows of years</source>
        <extracomment>permafrost:change</extracomment>
        <translation>比较的时段</translation>
    </message>
    <message>
        <source>Year of the first band, where bands do not name theirs; the others follow year by year, or in the steps of the years that they name. 0 reads the years from the names.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>首波段的年份，用于波段名中没有年份的情况；其余波段逐年顺延，或按波段名中年份的步长顺延。0 表示从名称读取年份。</translation>
    </message>
    <message>
        <source>Years are independent</source>
        <extracomment>permafrost:change</extracomment>
        <translation>各年相互独立</translation>
    </message>
    <message>
        <source>Years for a trend</source>
        <extracomment>permafrost:change</extracomment>
        <translation>计算趋势所需年数</translation>
    </message>
    <message>
        <source>change</source>
        <extracomment>permafrost:change</extracomment>
        <translation>变化</translation>
    </message>
    <message>
        <source>climate</source>
        <extracomment>permafrost:change</extracomment>
        <translation>气候</translation>
    </message>
    <message>
        <source>degradation</source>
        <extracomment>permafrost:change</extracomment>
        <translation>退化</translation>
    </message>
    <message>
        <source>false discovery rate</source>
        <extracomment>permafrost:change</extracomment>
        <translation>错误发现率</translation>
    </message>
    <message>
        <source>none: years are taken as independent. hamed_rao: the variance of the test increases with significant autocorrelation of the ranks and never decreases; few years say little about it, see docs/change.md.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>none：各年视为相互独立。hamed_rao：检验的方差随秩的显著自相关增大，但不会减小；年数少时几乎无从判断自相关，见 docs/change.md。</translation>
    </message>
    <message>
        <source>p-value of the Mann-Kendall test, adjusted for the false discovery rate over all cells.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>Mann-Kendall 检验的 p 值，按错误发现率对全部像元校正。</translation>
    </message>
    <message>
        <source>transition</source>
        <extracomment>permafrost:change</extracomment>
        <translation>转变</translation>
    </message>
    <message>
        <source>trend</source>
        <extracomment>permafrost:change</extracomment>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Cells with a TTOP at or below it are permafrost.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>TTOP 不高于此值的像元为多年冻土。</translation>
    </message>
    <message>
        <source>Classes as bytes: 1 permafrost, 2 seasonally frozen ground, 3 glacier, 4 lake.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>字节型类别：1 多年冻土，2 季节冻土，3 冰川，4 湖泊。</translation>
    </message>
    <message>
        <source>Maps permafrost, seasonally frozen ground, glaciers and lakes from TTOP.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>由 TTOP 制作含多年冻土、季节冻土、冰川和湖泊的图。</translation>
    </message>
    <message>
        <source>Permafrost is where TTOP is at or below the threshold, seasonally frozen ground where it is above. A cell is glacier, lake or part of the basin if at least half of its area is. Lakes take precedence over glaciers, and glaciers over ground.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>TTOP 不高于阈值处为多年冻土，高于阈值处为季节冻土。像元至少一半面积属于冰川、湖泊或流域时，即归入其中。湖泊优先于冰川，冰川优先于地面。</translation>
    </message>
    <message>
        <source>Picture of the map</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>多年冻土图的图片</translation>
    </message>
    <message>
        <source>Temperature at the top of permafrost, from &apos;TTOP&apos;.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>多年冻土顶板温度，来自“TTOP”。</translation>
    </message>
    <message>
        <source>The classes are 1 permafrost, 2 seasonally frozen ground, 3 glacier and 4 lake, with 0 (nodata) outside the basin and where TTOP is missing.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>类别为 1 多年冻土、2 季节冻土、3 冰川、4 湖泊；流域以外和缺少 TTOP 处为 0（无数据值）。</translation>
    </message>
    <message>
        <source>The styled map with its legend, as PNG.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>带图例的样式化多年冻土图，PNG 格式。</translation>
    </message>
    <message>
        <source>binarise</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>二值化</translation>
    </message>
    <message>
        <source>classify</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>分类</translation>
    </message>
    <message>
        <source>glacier</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>冰川</translation>
    </message>
    <message>
        <source>lake</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>湖泊</translation>
    </message>
    <message>
        <source>map</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>图</translation>
    </message>
    <message>
        <source>mask</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>掩膜</translation>
    </message>
    <message>
        <source>permafrost</source>
        <extracomment>core/assess/binary.py</extracomment>
        <translation>多年冻土</translation>
    </message>
    <message>
        <source>seasonally frozen ground</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>季节冻土</translation>
    </message>
    <message>
        <source>6 Publish</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>6 发布</translation>
    </message>
    <message>
        <source>Combined report</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>综合报告</translation>
    </message>
    <message>
        <source>Combines the reports of all steps into one, with the map, the key figures and the method.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>把所有步骤的报告汇成一份，含多年冻土图、关键数值和方法。</translation>
    </message>
    <message>
        <source>HTML</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>HTML</translation>
    </message>
    <message>
        <source>HTML files written by algorithms of this provider.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>本工具集的算法写出的 HTML 文件。</translation>
    </message>
    <message>
        <source>Heading of the report.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>报告的标题。</translation>
    </message>
    <message>
        <source>Probability of permafrost [%]</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>多年冻土概率 [%]</translation>
    </message>
    <message>
        <source>Reports</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>各步骤的报告</translation>
    </message>
    <message>
        <source>Shown first; from &apos;Permafrost map&apos;.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>置于最前；来自“多年冻土图”。</translation>
    </message>
    <message>
        <source>Title</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>标题</translation>
    </message>
    <message>
        <source>documentation</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>文档</translation>
    </message>
    <message>
        <source>methods section</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>方法部分</translation>
    </message>
    <message>
        <source>report</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>报告</translation>
    </message>
    <message>
        <source>summary</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>摘要</translation>
    </message>
    <message>
        <source>A comparison (&lt;= 0, &lt; 0, &gt;= 0.5, &gt; 0.5, == 1) or a list (in 1 2), followed by the values to leave out (drop 3 4).</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>比较（&lt;= 0、&lt; 0、&gt;= 0.5、&gt; 0.5、== 1）或列表 (in 1 2)，其后为不参与的值 (drop 3 4)。</translation>
    </message>
    <message>
        <source>A significant difference need not be a large one, and a map that was made with the reference ranks too high.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>差异显著未必意味着差异大；利用参考数据制作的图排名会偏高。</translation>
    </message>
    <message>
        <source>All measures, one row per map, from the highest kappa to the lowest.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>全部指标，每幅图一行，按 Kappa 系数从高到低排列。</translation>
    </message>
    <message>
        <source>Band 1: how many maps agree with the reference; band 2: how many show permafrost.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>波段 1：与参考数据一致的图的数目；波段 2：显示为多年冻土的图的数目。</translation>
    </message>
    <message>
        <source>Compare permafrost maps</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>多年冻土图比较</translation>
    </message>
    <message>
        <source>Difference in kappa and McNemar&apos;s test, one row per pair of maps.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>Kappa 系数之差与 McNemar 检验，每对图一行。</translation>
    </message>
    <message>
        <source>Each map is turned into permafrost and no permafrost by its own rule, such as &lt;= 0 for ground temperature or &gt;= 0.5 for a probability. All maps are compared on the cells of the coarsest raster, which may be the reference. Where a map is finer, its rule is applied to up to 16 x 16 of its cells per common cell, which is permafrost where permafrost covers at least half of what can be compared in it. Maps with other cells of about the same size are sampled at the nearest cell. A cell is left out for all maps where any map or the reference has no value, where a rule drops it, as glacier or lake for example, or where EXCLUDE covers at least half of it.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>每幅图按各自的规则转换为多年冻土和非多年冻土，例如地温用 &lt;= 0，概率用 &gt;= 0.5。所有图在最粗的栅格（可能就是参考数据）的像元上比较。较细的图，在每个公共像元内对至多 16 x 16 个像元应用规则；在可比较的部分中多年冻土至少占一半时，该公共像元为多年冻土。像元不同而大小相近的图，取最邻近像元的值。只要任何一幅图或参考数据无值，或规则将其排除（例如冰川、湖泊），或 EXCLUDE 至少覆盖像元的一半，该像元对所有图都不参与。</translation>
    </message>
    <message>
        <source>Excluded area</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>不参与的范围</translation>
    </message>
    <message>
        <source>Glaciers, lakes or anything else to leave out: polygons, or a raster whose values above 0 count. A cell is left out where they cover at least half of it.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>冰川、湖泊或其他不参与的部分：面，或栅格（大于 0 的像元计入）。至少一半被覆盖的像元不参与。</translation>
    </message>
    <message>
        <source>Map with the highest kappa</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>Kappa 系数最高的图</translation>
    </message>
    <message>
        <source>Maps</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>参与比较的图</translation>
    </message>
    <message>
        <source>McNemar</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>McNemar</translation>
    </message>
    <message>
        <source>McNemar&apos;s test asks whether two maps are right on equally many cells. It therefore compares overall accuracies, not kappas, and the two measures may rank the maps differently. McNemar&apos;s test and the standard errors of kappa assume independent cells. Neighbouring cells are not independent, so the p-values are too small. The block bootstrap draws whole blocks of cells, the same blocks for both maps; its interval of the difference in kappa is the one to rely on.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>McNemar 检验判断两幅图判对的像元是否一样多。因此它比较的是总体精度而不是 Kappa 系数，两种指标的排名可能不同。McNemar 检验和 Kappa 系数的标准误都假定像元相互独立。相邻像元并不独立，因此 p 值偏小。分块自助法抽取整块的像元，且两幅图抽取相同的块；Kappa 系数之差应以其置信区间为准。</translation>
    </message>
    <message>
        <source>Obu</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>Obu</translation>
    </message>
    <message>
        <source>One rule for all maps, or one per map in the order of the maps, separated by semicolons. A comparison (&lt;= 0, &lt; 0, &gt;= 0.5, &gt; 0.5, == 1) or a list (in 1 2), followed by the values to leave out (drop 3 4). The default suits &apos;Permafrost map&apos;: 1 is permafrost, and glaciers and lakes are left out.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>可为所有图给出一条规则，或依图的顺序每幅图一条，以分号分隔。规则为比较（&lt;= 0、&lt; 0、&gt;= 0.5、&gt; 0.5、== 1）或列表 (in 1 2)，其后为不参与的值 (drop 3 4)。默认值适合“多年冻土图”：1 为多年冻土，冰川和湖泊不参与。</translation>
    </message>
    <message>
        <source>Pairs</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>两两比较</translation>
    </message>
    <message>
        <source>Permafrost in the maps</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>图中的多年冻土</translation>
    </message>
    <message>
        <source>Ran</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>Ran</translation>
    </message>
    <message>
        <source>Ranking</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>排名</translation>
    </message>
    <message>
        <source>Ranks several permafrost maps by their agreement with one reference on the same cells, and tests pairs.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>按与同一参考数据在相同像元上的一致性给多幅多年冻土图排名，并两两检验。</translation>
    </message>
    <message>
        <source>Rasters of classes, temperatures, probabilities or frost numbers.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>类别、温度、概率或冻结数栅格。</translation>
    </message>
    <message>
        <source>The survey map as a raster.</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>栅格形式的调查图。</translation>
    </message>
    <message>
        <source>agreement</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>一致性</translation>
    </message>
    <message>
        <source>comparison</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>比较</translation>
    </message>
    <message>
        <source>intercomparison</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>相互比较</translation>
    </message>
    <message>
        <source>product</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>数据产品</translation>
    </message>
    <message>
        <source>ranking</source>
        <extracomment>permafrost:comparemaps</extracomment>
        <translation>排名</translation>
    </message>
    <message>
        <source>1 for calendar years, 8 or 9 for freezing years, which keep a winter together.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>日历年取 1；冻结年度取 8 或 9，使整个冬季不被分开。</translation>
    </message>
    <message>
        <source>3 Ground surface temperature</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>3 地面温度</translation>
    </message>
    <message>
        <source>A cell with fewer valid days in any month has no value for the year.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>任一月份有效天数少于此值的像元，当年无值。</translation>
    </message>
    <message>
        <source>A digital elevation model. Needed where the model predicts from it.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>数字高程模型。模型以高程为自变量时需要。</translation>
    </message>
    <message>
        <source>A run that was stopped resumes when it is started again with the same inputs and parameters: finished blocks are kept in a hidden folder beside the first output.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>运行中断后，以相同的输入和参数再次启动即可续跑：已完成的块保存在第一个输出旁的隐藏文件夹中。</translation>
    </message>
    <message>
        <source>Annual and semi-annual waves</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>年波与半年波</translation>
    </message>
    <message>
        <source>DDF</source>
        <extracomment>raster/simulate/sample.py</extracomment>
        <translation>DDF</translation>
    </message>
    <message>
        <source>DDF per year [°C d]</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>逐年 DDF [°C d]</translation>
    </message>
    <message>
        <source>DDT</source>
        <extracomment>raster/simulate/sample.py</extracomment>
        <translation>DDT</translation>
    </message>
    <message>
        <source>DDT is the sum of the positive daily means of a year and DDF the magnitude of the sum of the negative ones. The mean annual ground surface temperature is (DDT - DDF) / P, where P is the number of days of the year.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>DDT 为一年中日平均值的正值之和，DDF 为负值之和的绝对值。年平均地面温度为 (DDT - DDF) / P，其中 P 为该年的天数。</translation>
    </message>
    <message>
        <source>DDT per year [°C d]</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>逐年 DDT [°C d]</translation>
    </message>
    <message>
        <source>Daily ground surface temperature in °C, one band per day, in one file or several consecutive ones.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>逐日地面温度，单位 °C，每日一个波段，可为一个文件或多个时间上相接的文件。</translation>
    </message>
    <message>
        <source>Daily temperatures are read from GST stacks, or predicted from LST stacks by a GST model without being written. The stacks are read once, day by day.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>日值由 GST 影像序列读取，或由 GST 模型从 LST 影像序列预测而不写出。影像序列只逐日读取一遍。</translation>
    </message>
    <message>
        <source>Days with a value, one band per year.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>有值的天数，每年一个波段。</translation>
    </message>
    <message>
        <source>Degree days</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>冻融指数</translation>
    </message>
    <message>
        <source>Each month scaled by its valid days</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>每月按有效天数放大</translation>
    </message>
    <message>
        <source>Extrapolated days [%]</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>外推天数 [%]</translation>
    </message>
    <message>
        <source>First month of the year</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>年度的起始月份</translation>
    </message>
    <message>
        <source>For stacks whose bands have no dates, or wrong ones. The other bands follow daily, or at the intervals of the file; the days of a time axis without leap days remain those of its calendar.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>用于波段没有日期或日期有误的影像序列。其余波段逐日顺延，或按文件中的间隔顺延；不含闰日的时间轴仍按其历法计日。</translation>
    </message>
    <message>
        <source>Freezing degree days, one band per year.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>冻结指数，每年一个波段。</translation>
    </message>
    <message>
        <source>From &apos;Fit GST model&apos;; predicts GST from the LST stacks.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>来自“拟合 GST 模型”；由 LST 影像序列预测 GST。</translation>
    </message>
    <message>
        <source>GST</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>GST</translation>
    </message>
    <message>
        <source>GST model</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>GST 模型</translation>
    </message>
    <message>
        <source>LST stacks, Aqua day</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>LST 影像序列，Aqua 白天</translation>
    </message>
    <message>
        <source>LST stacks, Aqua night</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>LST 影像序列，Aqua 夜间</translation>
    </message>
    <message>
        <source>LST stacks, Terra day</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>LST 影像序列，Terra 白天</translation>
    </message>
    <message>
        <source>LST stacks, Terra night</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>LST 影像序列，Terra 夜间</translation>
    </message>
    <message>
        <source>Land surface temperature in °C, one band per day, in one file or several consecutive ones. Needed where the model predicts from it.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>地表温度，单位 °C，每日一个波段，可为一个文件或多个时间上相接的文件。模型以该次过境为自变量时需要。</translation>
    </message>
    <message>
        <source>MAGST</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>MAGST</translation>
    </message>
    <message>
        <source>MAGST per year [°C]</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>逐年 MAGST [°C]</translation>
    </message>
    <message>
        <source>Mean DDF [°C d]</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>平均 DDF [°C d]</translation>
    </message>
    <message>
        <source>Mean DDT [°C d]</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>平均 DDT [°C d]</translation>
    </message>
    <message>
        <source>Mean MAGST [°C]</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>平均 MAGST [°C]</translation>
    </message>
    <message>
        <source>Mean annual ground surface temperature, one band per year.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>年平均地面温度，每年一个波段。</translation>
    </message>
    <message>
        <source>Mean over the valid years of a cell.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>像元各有效年份的平均值。</translation>
    </message>
    <message>
        <source>Missing days</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>缺测日</translation>
    </message>
    <message>
        <source>Most missing days are in winter, so a plain sum is too small, and scaling the sum of the year is biased. By default each month is scaled by its days over its valid days; a cell with too few valid days in any month has no value for the year. Years in which the series begins or ends are left out.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>缺测日多在冬季，因此直接求和偏小，而按全年比例放大则有偏差。默认将每月按该月天数与有效天数之比放大；任一月份有效天数过少的像元，当年无值。序列开始或结束所在的不完整年份不计。</translation>
    </message>
    <message>
        <source>Not replaced, only valid days are summed</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>不补，只对有效日求和</translation>
    </message>
    <message>
        <source>Share of the valid days of a year on which an overpass or the elevation is outside the training range of the model, one band per year. Only with a model.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>一年的有效日中，有过境或高程超出模型训练范围的天数比例，每年一个波段。仅在使用模型时。</translation>
    </message>
    <message>
        <source>Sums daily ground surface temperature to thawing and freezing degree days of each year.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>将逐日地面温度累加为每年的融化指数和冻结指数。</translation>
    </message>
    <message>
        <source>Thawing degree days, one band per year.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>融化指数，每年一个波段。</translation>
    </message>
    <message>
        <source>Valid days per month</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>每月最少有效天数</translation>
    </message>
    <message>
        <source>Valid days per year</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>每年的有效天数</translation>
    </message>
    <message>
        <source>Years summed</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>参与累加的年数</translation>
    </message>
    <message>
        <source>freezing degree days</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>冻结指数</translation>
    </message>
    <message>
        <source>freezing index</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>冻结指数 FI</translation>
    </message>
    <message>
        <source>freezing year</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>冻结年度</translation>
    </message>
    <message>
        <source>monthly: each month is scaled by its days over its valid days. harmonic: missing days are taken from annual and semi-annual waves fitted to the valid days of the year. none: only valid days are summed, so DDT and DDF are too small where days are missing, while MAGST is divided by the valid days.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>monthly：每月按该月天数与有效天数之比放大。harmonic：缺测日取自由当年有效日拟合的年波和半年波。none：只对有效日求和，因此有缺测日时 DDT 和 DDF 偏小，而 MAGST 除以有效天数。</translation>
    </message>
    <message>
        <source>thawing index</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>融化指数 TI</translation>
    </message>
    <message>
        <source>&apos;Family, Given [ORCID] (Affiliation)&apos;, with semicolons between authors; ORCID and affiliation are optional. A name without a comma is an organisation.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>“Family, Given [ORCID] (Affiliation)”，即姓、名、ORCID 和单位，姓与名之间用逗号，作者之间用分号；ORCID 和单位可省略。没有逗号的名称视为机构。</translation>
    </message>
    <message>
        <source>A new or empty folder, or one that an export wrote.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>新的或空的文件夹，或以前导出生成的文件夹。</translation>
    </message>
    <message>
        <source>Abstract</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Accuracy tables</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>精度表</translation>
    </message>
    <message>
        <source>All rasters are brought to one grid: that of the first map, or a similar one in another CRS. Class maps are resampled to the nearest cell, numbers bilinearly. Each GeoTIFF comes with a style for QGIS, and each class map with the names and colours of its classes as an attribute table and as CSV.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>所有栅格统一到一个格网：第一幅图的格网，或另一 CRS 中与之相近的格网。分类图按最邻近重采样，数值按双线性重采样。每个 GeoTIFF 附有 QGIS 样式，每幅分类图还附有类别名称和颜色的属性表及 CSV。</translation>
    </message>
    <message>
        <source>Anything else that belongs to the product, such as zones, degree days or r_k. Rasters with an attribute table are class maps, others hold numbers.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>属于该数据产品的其他内容，例如多年冻土分区、冻融指数或 r_k。带属性表的栅格为分类图，其他为数值。</translation>
    </message>
    <message>
        <source>Authors</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>作者</translation>
    </message>
    <message>
        <source>By default the CRS of the first map. Any CRS that QGIS knows; as text for example EPSG:32644, or, for the Albers projection of maps of China, PROJ:+proj=aea +lat_0=0 +lon_0=105 +lat_1=25 +lat_2=47 +ellps=krass +units=m +type=crs.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>默认采用第一幅图的 CRS。可为 QGIS 支持的任何 CRS；文本形式例如 EPSG:32644，中国地图所用的 Albers 投影则为 PROJ:+proj=aea +lat_0=0 +lon_0=105 +lat_1=25 +lat_2=47 +ellps=krass +units=m +type=crs。</translation>
    </message>
    <message>
        <source>CRS of the product</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>数据产品的 CRS</translation>
    </message>
    <message>
        <source>DOI</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>DOI</translation>
    </message>
    <message>
        <source>DOIs of the data that the product was made from, separated by semicolons.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>制作数据产品所用数据的 DOI，以分号分隔。</translation>
    </message>
    <message>
        <source>DOIs of the sources</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>数据来源的 DOI</translation>
    </message>
    <message>
        <source>Data centre</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>数据中心</translation>
    </message>
    <message>
        <source>DataCite</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>DataCite</translation>
    </message>
    <message>
        <source>Description of the data set in a few sentences.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>用几句话描述数据集。</translation>
    </message>
    <message>
        <source>Export product</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>导出数据产品</translation>
    </message>
    <message>
        <source>Files in the folder</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>文件夹中的文件数</translation>
    </message>
    <message>
        <source>Folder</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>From &apos;TTOP&apos;.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>来自“TTOP”。</translation>
    </message>
    <message>
        <source>Further rasters</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>其他栅格</translation>
    </message>
    <message>
        <source>In units of the CRS. By default that of the first map, or about as many cells in another CRS.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>以 CRS 的单位计。默认采用第一幅图的像元大小；CRS 不同时，使像元数大致相同。</translation>
    </message>
    <message>
        <source>Keywords</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>关键词</translation>
    </message>
    <message>
        <source>License</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>许可证</translation>
    </message>
    <message>
        <source>One map, or one per period. The first one defines the grid and the thumbnail.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>一幅图，或每个时段一幅。第一幅决定格网和缩略图。</translation>
    </message>
    <message>
        <source>Period</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>时段</translation>
    </message>
    <message>
        <source>Period that the maps represent: one year, two years as 2005-2020, or two days as 2005-09-01/2020-08-31.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>图所代表的时段：一个年份、两个年份（如 2005-2020）或两个日期（如 2005-09-01/2020-08-31）。</translation>
    </message>
    <message>
        <source>Publisher of the data set. If it is not known yet, leave it empty: the record then says :tba, to be announced.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>数据集的发布者。尚未确定时留空：元数据中记为 :tba（待公布）。</translation>
    </message>
    <message>
        <source>README</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>README</translation>
    </message>
    <message>
        <source>README.md describes the contents of the folder, the place and period that it covers, how it was made, how accurate it is and how to cite it; datacite.json (DataCite Metadata Schema 4.5) and item.json (STAC 1.1.0) are machine-readable records of the same. The processing steps are read from the metadata that each algorithm of this provider writes into its rasters, and from the metadata of their inputs if these still exist. Names of folders on this machine are omitted.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>README.md 说明文件夹的内容、覆盖的地区和时段、制作方法、精度和引用方式；datacite.json（DataCite Metadata Schema 4.5）和 item.json（STAC 1.1.0）是相同内容的机器可读记录。处理步骤读自本工具集各算法写入栅格的元数据；若其输入仍然存在，也读取输入的元数据。本机的文件夹名称不写入。</translation>
    </message>
    <message>
        <source>SPDX identifier, such as CC-BY-4.0, CC0-1.0 or ODbL-1.0.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>SPDX 标识符，例如 CC-BY-4.0、CC0-1.0 或 ODbL-1.0。</translation>
    </message>
    <message>
        <source>STAC</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>STAC</translation>
    </message>
    <message>
        <source>Separated by commas.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>以逗号分隔。</translation>
    </message>
    <message>
        <source>Tables of quality figures, for example from &apos;Accuracy of a permafrost map&apos;.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>质量指标表，例如来自“多年冻土图精度”。</translation>
    </message>
    <message>
        <source>The data centre assigns the DOI; the README says where to enter it.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>DOI 由数据中心分配；README 中注明应填写的位置。</translation>
    </message>
    <message>
        <source>The folder appears when it is complete. An existing folder is replaced only if it is empty, or holds an export that has not been changed since.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>文件夹在内容齐全后才出现。已有的文件夹只有在为空，或为导出后未经改动的结果时，才会被替换。</translation>
    </message>
    <message>
        <source>Title of the data set.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>数据集的标题。</translation>
    </message>
    <message>
        <source>Version</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>版本</translation>
    </message>
    <message>
        <source>Version of the data set.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>数据集的版本。</translation>
    </message>
    <message>
        <source>Writes maps, tables and metadata as a folder ready to be deposited in a data centre.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>将图、表和元数据写成可直接提交给数据中心的文件夹。</translation>
    </message>
    <message>
        <source>citation</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>引用</translation>
    </message>
    <message>
        <source>data centre</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>数据中心</translation>
    </message>
    <message>
        <source>deposit</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>提交</translation>
    </message>
    <message>
        <source>license</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>许可证</translation>
    </message>
    <message>
        <source>metadata</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>元数据</translation>
    </message>
    <message>
        <source>package</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>打包</translation>
    </message>
    <message>
        <source>publish</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>发布</translation>
    </message>
    <message>
        <source>repository</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>数据仓储</translation>
    </message>
    <message>
        <source>Cells of the cross-validation</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>交叉验证的像元数</translation>
    </message>
    <message>
        <source>DEM</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>DEM</translation>
    </message>
    <message>
        <source>Fill gaps of LST</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>LST 缺测插补</translation>
    </message>
    <message>
        <source>Filled LST</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>插补后的 LST</translation>
    </message>
    <message>
        <source>Filled cells hold the temperature that the ground would have under a clear sky, as the known cells do, and not that under the clouds, unless the product is an all-weather one.</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>与有值像元一样，插补的像元给出的是晴空下的地面应有的温度，而不是云下的温度；数据产品为全天候产品时除外。</translation>
    </message>
    <message>
        <source>Fills the gaps of land surface temperature by kriging the residuals of a trend, with their uncertainty.</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>对趋势的残差做克里格插值，插补地表温度的缺测，并给出不确定性。</translation>
    </message>
    <message>
        <source>Fitted slopes are guarded: where they are implausible, or too few cells are known, the next simpler trend is used, and the report states this for each scene. Gaps more than 250 cells from any known cell hold the trend alone. A scene without any known cell stays empty.</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>拟合的斜率会经过检查：斜率不合理或有值像元过少时，改用下一个更简单的趋势，报告逐景说明。距任何有值像元超过 250 个像元的缺测只取趋势值。没有任何有值像元的影像仍为空。</translation>
    </message>
    <message>
        <source>Gaps filled in all scenes</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>全部影像中已插补的缺测数</translation>
    </message>
    <message>
        <source>Gaps that remain in all scenes</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>全部影像中仍缺测的像元数</translation>
    </message>
    <message>
        <source>Known cells of each scene that are predicted from the others, for the report; 0 for no cross-validation.</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>每景影像中由其余像元预测的有值像元数，用于报告；0 表示不做交叉验证。</translation>
    </message>
    <message>
        <source>Kriging standard deviation [K]</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>克里格标准差 [K]</translation>
    </message>
    <message>
        <source>LST</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>LST</translation>
    </message>
    <message>
        <source>Memory use does not depend on the number of scenes. A run that was stopped continues where it was when it is started again with the same inputs and parameters: finished scenes are kept in a hidden folder beside OUTPUT.</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>内存用量与影像数无关。运行中断后，以相同的输入和参数再次启动即从中断处续跑：已完成的影像保存在 OUTPUT 旁的隐藏文件夹中。</translation>
    </message>
    <message>
        <source>One band per scene; 0 in known cells.</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>每景影像一个波段；有值像元处为 0。</translation>
    </message>
    <message>
        <source>The input without its gaps, stored in the same way.</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>没有缺测的输入数据，存储方式不变。</translation>
    </message>
    <message>
        <source>interpolation</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>插值</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>重建</translation>
    </message>
    <message>
        <source>variogram</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>变异函数</translation>
    </message>
    <message>
        <source>A JSON file with the equations and their scores.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>含方程及其评分的 JSON 文件。</translation>
    </message>
    <message>
        <source>Adds sine and cosine of the day of the year to the predictors: 1 for the annual wave, 2 for the semi-annual wave, too.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>将年内日序的正弦和余弦加入自变量：1 为年波，2 则再加半年波。</translation>
    </message>
    <message>
        <source>Bias [K], random folds</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>偏差 [K]，随机分折</translation>
    </message>
    <message>
        <source>Bias [K], stations left out</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>偏差 [K]，逐站留一</translation>
    </message>
    <message>
        <source>Date</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>日期</translation>
    </message>
    <message>
        <source>Each row of the table is a station on a day: its daily mean ground surface temperature and the land surface temperatures of its cell. Rows without station, date or GST, fill values, texts and repeated station-days are left out, and the report states how many and why. Temperatures in tenths of a degree or in kelvin are refused, and so is a table of which more than a tenth cannot be read. Dates, numbers and stations are read as in &apos;Sample LST at stations&apos;.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>表的每一行为一个站点的一天：该日的日平均地面温度及其所在像元的地表温度。没有站点、日期或 GST 的行，以及填充值、文本和重复的站点日均不采用，报告说明数量和原因。单位为十分之一度或开尔文的温度会被拒绝，超过十分之一无法读取的表也会被拒绝。日期、数字和站点名称的读法与“提取站点 LST”相同。</translation>
    </message>
    <message>
        <source>Each season separately</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>各季节分别拟合</translation>
    </message>
    <message>
        <source>Field with the daily mean ground surface temperature.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>日平均地面温度字段。</translation>
    </message>
    <message>
        <source>Field with the day, as a date or as text such as YYYY-MM-DD.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>日期字段，为日期或 YYYY-MM-DD 之类的文本。</translation>
    </message>
    <message>
        <source>Field with the name of the station.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>站点名称字段。</translation>
    </message>
    <message>
        <source>Fields with land surface temperatures, named as the overpasses: terra_day, terra_night, aqua_day, aqua_night. A field elevation [m] may be among them. The model predicts from rasters of these names.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>地表温度字段，以过境命名：terra_day、terra_night、aqua_day、aqua_night。还可包含高程字段 elevation [m]。模型由同名的栅格进行预测。</translation>
    </message>
    <message>
        <source>Fit GST model</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>拟合 GST 模型</translation>
    </message>
    <message>
        <source>Fits DJF, MAM, JJA and SON separately; otherwise one model applies to the whole year.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>对 DJF、MAM、JJA 和 SON 四季分别拟合；否则全年共用一个模型。</translation>
    </message>
    <message>
        <source>Fits daily ground surface temperature at stations to land surface temperature by ridge regression.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>以岭回归将站点的逐日地面温度与地表温度拟合。</translation>
    </message>
    <message>
        <source>GST [°C]</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>GST [°C]</translation>
    </message>
    <message>
        <source>GST and LST by station and day, as a layer or a CSV file.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>按站点和日期的 GST 与 LST，可为图层或 CSV 文件。</translation>
    </message>
    <message>
        <source>Harmonics of the year</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>年周期谐波数</translation>
    </message>
    <message>
        <source>Kelvin</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>开尔文</translation>
    </message>
    <message>
        <source>Largest penalty</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>最大惩罚系数</translation>
    </message>
    <message>
        <source>Lower end of the range of penalties.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>惩罚系数范围的下限。</translation>
    </message>
    <message>
        <source>MAE [K], random folds</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>平均绝对误差 (MAE) [K]，随机分折</translation>
    </message>
    <message>
        <source>MAE [K], stations left out</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>平均绝对误差 (MAE) [K]，逐站留一</translation>
    </message>
    <message>
        <source>Number of folds that choose the penalty.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>用于选取惩罚系数的折数。</translation>
    </message>
    <message>
        <source>Ordinary least squares</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>普通最小二乘</translation>
    </message>
    <message>
        <source>Penalty, unless each season has its own</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>惩罚系数（各季节分别拟合时除外）</translation>
    </message>
    <message>
        <source>Predictors</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>自变量</translation>
    </message>
    <message>
        <source>Predictors are standardised, the intercept is not penalised, and the penalty is the one with the smallest error in cross-validation with random folds. Where some overpasses are missing, equations for two or three of them stand in.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>自变量经标准化，截距不受惩罚，惩罚系数取随机分折交叉验证误差最小者。部分过境缺测时，以其中两次或三次过境的方程代替。</translation>
    </message>
    <message>
        <source>RMSE [K], random folds</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>均方根误差 (RMSE) [K]，随机分折</translation>
    </message>
    <message>
        <source>RMSE [K], stations left out</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>均方根误差 (RMSE) [K]，逐站留一</translation>
    </message>
    <message>
        <source>Random folds</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>随机分折</translation>
    </message>
    <message>
        <source>Ridge regression</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>岭回归</translation>
    </message>
    <message>
        <source>R², random folds</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>R²，随机分折</translation>
    </message>
    <message>
        <source>R², stations left out</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>R²，逐站留一</translation>
    </message>
    <message>
        <source>Smallest penalty</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>最小惩罚系数</translation>
    </message>
    <message>
        <source>Station</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>站点</translation>
    </message>
    <message>
        <source>The same seed gives the same random folds.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>同一随机种子得到相同的随机分折。</translation>
    </message>
    <message>
        <source>Training table</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>训练表</translation>
    </message>
    <message>
        <source>Two validations are reported. Random folds leave out days of stations that are otherwise known. Leaving out all days of a station shows what error to expect where there is no station.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>报告给出两种验证。随机分折留出的是站点的部分日期，站点本身是已知的。留出一个站点的全部日期，则给出无站点之处应有的误差。</translation>
    </message>
    <message>
        <source>Unit of the LSTs</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>LST 的单位</translation>
    </message>
    <message>
        <source>Upper end of the range of penalties.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>惩罚系数范围的上限。</translation>
    </message>
    <message>
        <source>degc: °C. kelvin: converted to °C. GST is in °C either way.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>degc：°C。kelvin：转换为 °C。两种情况下 GST 均为 °C。</translation>
    </message>
    <message>
        <source>ground surface temperature</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>地面温度</translation>
    </message>
    <message>
        <source>loggers</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>温度记录仪</translation>
    </message>
    <message>
        <source>regression</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>回归</translation>
    </message>
    <message>
        <source>ridge</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>岭回归</translation>
    </message>
    <message>
        <source>ridge: ridge regression. ols: ordinary least squares, for comparison.</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>ridge：岭回归。ols：普通最小二乘，用于对照。</translation>
    </message>
    <message>
        <source>stations</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>站点</translation>
    </message>
    <message>
        <source>°C</source>
        <extracomment>permafrost:fitgstmodel</extracomment>
        <translation>°C</translation>
    </message>
    <message>
        <source>Band</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>波段</translation>
    </message>
    <message>
        <source>Description of the variogram</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>变异函数的描述</translation>
    </message>
    <message>
        <source>Estimates the variogram of one scene, plots it with the empirical one, and tests it on known cells.</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>估计一景影像的变异函数，与经验变异函数一同绘图，并用有值像元检验。</translation>
    </message>
    <message>
        <source>Fit a variogram</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>拟合变异函数</translation>
    </message>
    <message>
        <source>One band per day, or a single scene. Gaps are nodata.</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>每日一个波段，或单景影像。缺测为无数据值 (nodata)。</translation>
    </message>
    <message>
        <source>Order of matern, exponent of power</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>matern 的阶数，power 的幂次</translation>
    </message>
    <message>
        <source>Practical range [m]</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>实际变程 [m]</translation>
    </message>
    <message>
        <source>RMSE of known cells predicted from the others [K]</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>由其余像元预测有值像元的 RMSE [K]</translation>
    </message>
    <message>
        <source>The scene, counted from 1.</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>影像序号，从 1 起。</translation>
    </message>
    <message>
        <source>The trend is subtracted first. The empirical variogram in the report is exact: it includes all pairs of known cells. The estimate by likelihood follows the short distances, on which interpolation depends, and need not pass through the points at long distances.</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>先减去趋势。报告中的经验变异函数是精确的：包含有值像元的所有点对。极大似然估计以插值所依赖的短距离为准，在长距离上不一定经过各点。</translation>
    </message>
    <message>
        <source>Variogram model</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>变异函数模型</translation>
    </message>
    <message>
        <source>With VARIOGRAM auto the result has two nested structures: NUGGET and SILL are their sums, and RANGE is the longer range. Use the numbers as NUGGET, SILL, RANGE and SMOOTHNESS of &apos;Fill gaps of LST&apos;, or let it estimate the variogram itself.</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>VARIOGRAM 为 auto 时，结果是两个套合结构：NUGGET 和 SILL 为两者之和，RANGE 为较长的变程。可将这些数值用作“LST 缺测插补”的 NUGGET、SILL、RANGE 和 SMOOTHNESS，也可由该算法自行估计变异函数。</translation>
    </message>
    <message>
        <source>geostatistics</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>地统计</translation>
    </message>
    <message>
        <source>nugget</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>块金值</translation>
    </message>
    <message>
        <source>range</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>变程</translation>
    </message>
    <message>
        <source>semivariogram</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>半变异函数</translation>
    </message>
    <message>
        <source>sill</source>
        <extracomment>permafrost:fitvariogram</extracomment>
        <translation>基台值</translation>
    </message>
    <message>
        <source>0 to 1, dimensionless.</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>0 至 1，无量纲。</translation>
    </message>
    <message>
        <source>Computes the surface frost number from degree days; permafrost is expected at 0.5 and above.</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>由冻融指数计算地面冻结数；不小于 0.5 处预计有多年冻土。</translation>
    </message>
    <message>
        <source>F = sqrt(DDF) / (sqrt(DDF) + sqrt(DDT)), from 0 (no frost) to 1 (no thaw). It requires no soil property. With a ratio of conductivities r_k, TTOP = 0 corresponds to F = 1 / (1 + 1 / sqrt(r_k)) instead of 0.5.</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>F = sqrt(DDF) / (sqrt(DDF) + sqrt(DDT))，从 0（无冻结）到 1（无融化）。不需要土的性质。导热系数之比为 r_k 时，TTOP = 0 对应 F = 1 / (1 + 1 / sqrt(r_k))，而不是 0.5。</translation>
    </message>
    <message>
        <source>FROSTNUM</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>FROSTNUM</translation>
    </message>
    <message>
        <source>Nelson</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>Nelson</translation>
    </message>
    <message>
        <source>Surface frost number</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>地面冻结数</translation>
    </message>
    <message>
        <source>degree days</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>冻融指数</translation>
    </message>
    <message>
        <source>frost number</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>冻结数</translation>
    </message>
    <message>
        <source>index</source>
        <extracomment>permafrost:frostnumber</extracomment>
        <translation>指数</translation>
    </message>
    <message>
        <source>1 continuous, 2 discontinuous, 3 sporadic, 4 isolated, 5 no permafrost; 0 is nodata.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>1 连续，2 不连续，3 零星，4 岛状，5 无多年冻土；0 为无数据值 (nodata)。</translation>
    </message>
    <message>
        <source>A digital elevation model. Becomes a column of the table.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>数字高程模型。成为表的一列。</translation>
    </message>
    <message>
        <source>A raster of whole numbers, one per class. Leave it empty if you use PFT layers.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>整数栅格，每个值为一个类别。使用 PFT 图层时留空。</translation>
    </message>
    <message>
        <source>A raster whose grid the result is to have, for example DDT; by default the land cover.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>结果采用该栅格的格网，例如 DDT；默认采用土地覆盖的格网。</translation>
    </message>
    <message>
        <source>Area of permafrost, 5th percentile of the members [km²]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>多年冻土面积，集合成员的第 5 百分位数 [km²]</translation>
    </message>
    <message>
        <source>Area of permafrost, 95th percentile of the members [km²]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>多年冻土面积，集合成员的第 95 百分位数 [km²]</translation>
    </message>
    <message>
        <source>Area of permafrost, mean of the members [km²]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>多年冻土面积，集合成员的平均值 [km²]</translation>
    </message>
    <message>
        <source>Area of the zone: Continuous permafrost (90-100 %) [km²]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>分区面积：连续多年冻土（90-100%）[km²]</translation>
    </message>
    <message>
        <source>Area of the zone: Discontinuous permafrost (50-90 %) [km²]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>分区面积：不连续多年冻土（50-90%）[km²]</translation>
    </message>
    <message>
        <source>Area of the zone: Isolated permafrost (above 0, below 10 %) [km²]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>分区面积：岛状多年冻土（大于 0，小于 10%）[km²]</translation>
    </message>
    <message>
        <source>Area of the zone: No permafrost (0 %) [km²]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>分区面积：无多年冻土（0%）[km²]</translation>
    </message>
    <message>
        <source>Area of the zone: Sporadic permafrost (10-50 %) [km²]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>分区面积：零星多年冻土（10-50%）[km²]</translation>
    </message>
    <message>
        <source>CSV in UTF-8 with the columns class, r_k and, optionally, name. An empty r_k masks the class.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>UTF-8 编码的 CSV，列为 class、r_k 和可选的 name。r_k 留空则屏蔽该类别。</translation>
    </message>
    <message>
        <source>Cells with several classes</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>含多个类别的像元</translation>
    </message>
    <message>
        <source>Class and r_k in each row. An empty r_k masks the class.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>每行为类别和 r_k。r_k 留空则屏蔽该类别。</translation>
    </message>
    <message>
        <source>Class scheme of the land cover</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>土地覆盖的分类体系</translation>
    </message>
    <message>
        <source>DDF is multiplied by it. Keep 1 for degree days of the ground surface.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>DDF 乘以该系数。使用地面冻融指数时保持 1。</translation>
    </message>
    <message>
        <source>DDT is multiplied by it. Keep 1 for degree days of the ground surface.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>DDT 乘以该系数。使用地面冻融指数时保持 1。</translation>
    </message>
    <message>
        <source>Daily mean GST, one row per station and day, as a layer or CSV file.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>日平均 GST，每个站点每天一行，可为图层或 CSV 文件。</translation>
    </message>
    <message>
        <source>Days in the period</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>时段天数</translation>
    </message>
    <message>
        <source>ESA CCI</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>ESA CCI</translation>
    </message>
    <message>
        <source>Ensemble members</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>集合成员数</translation>
    </message>
    <message>
        <source>Error of r_k</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>r_k 的误差</translation>
    </message>
    <message>
        <source>Error of the ground surface temperature used [K]</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>采用的地面温度误差 [K]</translation>
    </message>
    <message>
        <source>Field of the points.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>点图层的字段。</translation>
    </message>
    <message>
        <source>Field that names the station as the points do.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>站点名称字段，名称与点图层中的一致。</translation>
    </message>
    <message>
        <source>Field with the daily mean.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>日平均值字段。</translation>
    </message>
    <message>
        <source>Field with the day: a date, or text such as YYYY-MM-DD.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>日期字段，为日期或 YYYY-MM-DD 之类的文本。</translation>
    </message>
    <message>
        <source>Fractions of plant functional types in percent, one layer each, identified by name (TREES-NE, GRASS-NAT, BARE, SNOWICE, WATER_INLAND ...). The layers WATER and LAND and the other parts of WATER overlap with these and are not used.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>植物功能型的百分比，每种一个图层，由名称识别（TREES-NE、GRASS-NAT、BARE、SNOWICE、WATER_INLAND ……）。WATER 和 LAND 图层以及 WATER 的其他部分与这些图层重叠，不使用。</translation>
    </message>
    <message>
        <source>Grid of the result</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>结果的格网</translation>
    </message>
    <message>
        <source>Land cover</source>
        <extracomment>models</extracomment>
        <translation>土地覆盖</translation>
    </message>
    <message>
        <source>Land surface temperature in °C, one band per day, in one file or several consecutive ones. Becomes a column of the table.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>地表温度，单位 °C，每日一个波段，可为一个文件或多个时间上相接的文件。成为表的一列。</translation>
    </message>
    <message>
        <source>MODIS, IGBP</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>MODIS，IGBP</translation>
    </message>
    <message>
        <source>Mean annual temperature at the top of permafrost, with a band for each band of DDT.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>年平均多年冻土顶板温度，每个波段对应 DDT 的一个波段。</translation>
    </message>
    <message>
        <source>Name of the station</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>站点名称</translation>
    </message>
    <message>
        <source>Number of days P over which the degree days were summed.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>冻融指数累加的天数 P。</translation>
    </message>
    <message>
        <source>Observations</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>观测数据</translation>
    </message>
    <message>
        <source>Permafrost zones</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>多年冻土分区</translation>
    </message>
    <message>
        <source>Points, one per station.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>点，每个站点一个。</translation>
    </message>
    <message>
        <source>Ratio of thawed to frozen thermal conductivity per cell, 0.25 to 2.25, for example from &apos;r_k factor&apos;. Cells without r_k (water, ice) get no TTOP.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>各像元融化与冻结状态导热系数之比，0.25 至 2.25，例如来自“r_k 系数”。没有 r_k 的像元（水体、冰雪）无 TTOP。</translation>
    </message>
    <message>
        <source>Ratio of thawed to frozen thermal conductivity per cell, 0.25 to 2.25, for example from &apos;r_k factor&apos;. Cells without r_k (water, ice) get no probability.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>各像元融化与冻结状态导热系数之比，0.25 至 2.25，例如来自“r_k 系数”。没有 r_k 的像元（水体、冰雪）无概率。</translation>
    </message>
    <message>
        <source>Rows of observations</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>观测数据的行数</translation>
    </message>
    <message>
        <source>Rows used</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>采用的行数</translation>
    </message>
    <message>
        <source>Share of members with permafrost.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>有多年冻土的集合成员的比例。</translation>
    </message>
    <message>
        <source>Single r_k for all cells</source>
        <extracomment>models</extracomment>
        <translation>所有像元的单一 r_k</translation>
    </message>
    <message>
        <source>Standard deviation of r_k around its value in each cell.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>r_k 围绕各像元取值的标准差。</translation>
    </message>
    <message>
        <source>Standard deviation of the bias of the annual mean at a place without a station. Takes precedence over the error of a GST model.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>无站点之处年平均值偏差的标准差。优先于 GST 模型的误差。</translation>
    </message>
    <message>
        <source>Station, date, GST and LSTs, one row per station and day.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>站点、日期、GST 和各 LST，每个站点每天一行。</translation>
    </message>
    <message>
        <source>Stations</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>站点</translation>
    </message>
    <message>
        <source>Table file</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>表文件</translation>
    </message>
    <message>
        <source>Table matrix</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>表矩阵</translation>
    </message>
    <message>
        <source>Takes precedence over an r_k raster.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>优先于 r_k 栅格。</translation>
    </message>
    <message>
        <source>The resolution of the probability is one over this number; computing time grows in proportion.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>概率的分辨率为此数的倒数；计算时间与此数成正比。</translation>
    </message>
    <message>
        <source>The table of the classes in the land cover: esa_cci, modis_igbp, file (a CSV file, see TABLE_FILE) or matrix (entered in TABLE_MATRIX). For PFT layers, a table of their own is used unless file or matrix is chosen.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>土地覆盖各类别的 r_k 表：esa_cci、modis_igbp、file（CSV 文件，见 TABLE_FILE）或 matrix（填入 TABLE_MATRIX）。PFT 图层使用其专用的表，除非选择 file 或 matrix。</translation>
    </message>
    <message>
        <source>dominant: the r_k of the class that covers most of the cell, as in the published method. fraction: the mean of r_k, weighted by the fractions of the classes.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>dominant：覆盖像元最多的类别的 r_k，与已发表的方法相同。fraction：按各类别所占比例加权的 r_k 平均值。</translation>
    </message>
    <message>
        <source>n-factor of freezing</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>冻结 n 系数</translation>
    </message>
    <message>
        <source>n-factor of thawing</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>融化 n 系数</translation>
    </message>
    <message>
        <source>nearest: the cell that contains the station. bilinear: the four cells around it, weighted by distance, with no value where one of them has none.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>nearest：站点所在的像元。bilinear：周围四个像元按距离加权，其中任一无值则无值。</translation>
    </message>
    <message>
        <source>permafrost map from LST</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>由 LST 制作多年冻土图</translation>
    </message>
    <message>
        <source>permafrost map from degree days</source>
        <extracomment>permafrost:permafrost map from degree days</extracomment>
        <translation>由冻融指数制作多年冻土图</translation>
    </message>
    <message>
        <source>1 where all predictors of the day are within their training ranges, 2 where one is outside; one band per day.</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>1 表示当日所有自变量均在训练范围内，2 表示有自变量超出；每日一个波段。</translation>
    </message>
    <message>
        <source>A JSON file from &apos;Fit GST model&apos;.</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>来自“拟合 GST 模型”的 JSON 文件。</translation>
    </message>
    <message>
        <source>Daily mean, one band per day.</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>日平均值，每日一个波段。</translation>
    </message>
    <message>
        <source>Days predicted</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>预测的天数</translation>
    </message>
    <message>
        <source>Degree days do not need this stack: &apos;Degree days&apos; predicts the days itself and writes only their sums.</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>计算冻融指数不需要该影像序列：“冻融指数”会自行预测各日，只写出其总和。</translation>
    </message>
    <message>
        <source>Extrapolation</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>外推</translation>
    </message>
    <message>
        <source>GST stack [°C]</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>GST 影像序列 [°C]</translation>
    </message>
    <message>
        <source>Predict GST</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>预测 GST</translation>
    </message>
    <message>
        <source>Predictions outside the training ranges [%]</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>超出训练范围的预测 [%]</translation>
    </message>
    <message>
        <source>Predicts daily ground surface temperature from land surface temperature by a GST model.</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>用 GST 模型由地表温度预测逐日地面温度。</translation>
    </message>
    <message>
        <source>Stations are usually low and permafrost is high, so cells may be colder than all training data. The second output marks the predictions for which a predictor lies outside its training range.</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>站点通常位于低处，而多年冻土位于高处，因此像元可能比所有训练数据都冷。第二个输出标出有自变量超出训练范围的预测。</translation>
    </message>
    <message>
        <source>The result is a stack like those of the LST: one band per day, in hundredths of °C. Where an overpass is missing, the equations of the model for two or three overpasses stand in; where too few are left, there is no value.</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>结果与 LST 影像序列形式相同：每日一个波段，单位为百分之一 °C。某次过境缺测时，以模型中两次或三次过境的方程代替；剩余过境过少时无值。</translation>
    </message>
    <message>
        <source>daily</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>逐日</translation>
    </message>
    <message>
        <source>extrapolation</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>外推</translation>
    </message>
    <message>
        <source>prediction</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>预测</translation>
    </message>
    <message>
        <source>stack</source>
        <extracomment>permafrost:predictgst</extracomment>
        <translation>影像序列</translation>
    </message>
    <message>
        <source>Computes the probability of permafrost from the errors of ground surface temperature and r_k.</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>由地面温度和 r_k 的误差计算多年冻土概率。</translation>
    </message>
    <message>
        <source>Monte Carlo</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>蒙特卡罗</translation>
    </message>
    <message>
        <source>The effect of the bias on the degree days is that on a sinusoidal year with the DDT and DDF of the cell. The errors are drawn per member: the same seed gives the same map, regardless of threads and memory.</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>偏差对冻融指数的影响，按与该像元 DDT 和 DDF 相同的正弦年变化计算。误差按集合成员抽取：同一随机种子得到相同的图，与线程数和内存无关。</translation>
    </message>
    <message>
        <source>The ensemble represents no other error: not those of the TTOP model itself, of land cover, or of ground that varies within a cell. The interval of the area assumes that all cells share the bias, and is the widest interval compatible with these two errors.</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>集合不代表其他误差：既不包括 TTOP 模型本身和土地覆盖的误差，也不包括像元内部地面的差异。面积的置信区间假定所有像元的偏差相同，是与这两种误差相容的最宽区间。</translation>
    </message>
    <message>
        <source>The members cover both distributions evenly instead of being drawn independently, so 200 of them determine the probability to about one percentage point.</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>集合成员均匀覆盖两个分布，而不是相互独立地抽取，因此 200 个成员即可将概率确定到约一个百分点。</translation>
    </message>
    <message>
        <source>The probability is computed with an ensemble of maps. In each member, the ground surface temperature has a bias drawn from a normal distribution with the standard deviation GST_ERROR, the same throughout the year and the map; errors of single days average out over a year. In each member, r_k departs from its value by a number drawn from a normal distribution with the standard deviation RK_SD, truncated at three standard deviations, the same for all classes. The probability is the share of members with TTOP at or below 0 °C.</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>概率由一组多年冻土图（集合）计算。每个集合成员中，地面温度带有一个偏差，抽自标准差为 GST_ERROR 的正态分布，全年和全图相同；单日的误差在一年中相互抵消。每个集合成员中，r_k 偏离其取值的量抽自标准差为 RK_SD、在三倍标准差处截断的正态分布，所有类别相同。概率为 TTOP 不高于 0 °C 的集合成员所占的比例。</translation>
    </message>
    <message>
        <source>Zones are continuous from 90 %, discontinuous from 50 %, sporadic from 10 % and isolated above 0 %. They classify the probability of a cell, not the share of the ground underlain by permafrost.</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>多年冻土分区：90% 起为连续，50% 起为不连续，10% 起为零星，大于 0% 为岛状。分区所依据的是像元的概率，而不是地面下多年冻土所占的面积比例。</translation>
    </message>
    <message>
        <source>continuous</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>连续</translation>
    </message>
    <message>
        <source>discontinuous</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>不连续</translation>
    </message>
    <message>
        <source>ensemble</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>集合</translation>
    </message>
    <message>
        <source>probability</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>概率</translation>
    </message>
    <message>
        <source>sporadic</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>零星</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>不确定性</translation>
    </message>
    <message>
        <source>zones</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>分区</translation>
    </message>
    <message>
        <source>Assigns the ratio of thawed to frozen thermal conductivity, r_k, to each cell by land cover.</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>按土地覆盖给每个像元赋予融化与冻结状态导热系数之比 r_k。</translation>
    </message>
    <message>
        <source>Entered below</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>在下方填入</translation>
    </message>
    <message>
        <source>From a CSV file</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>来自 CSV 文件</translation>
    </message>
    <message>
        <source>Land cover is either a map of classes (ESA CCI, MODIS IGBP, or any map with a table of your own), or the fraction layers of ESA CCI&apos;s plant functional types (PFT). Water and permanent ice have no r_k: such cells are nodata.</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>土地覆盖可为分类图（ESA CCI、MODIS IGBP，或任何附有自备表的图），也可为 ESA CCI 植物功能型 (PFT) 的百分比图层。水体和永久性冰雪没有 r_k：这些像元为无数据值 (nodata)。</translation>
    </message>
    <message>
        <source>MCD12Q1</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>MCD12Q1</translation>
    </message>
    <message>
        <source>MODIS IGBP</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>MODIS IGBP</translation>
    </message>
    <message>
        <source>Mean by the fractions of the classes</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>按各类别所占比例的平均值</translation>
    </message>
    <message>
        <source>PFT</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>PFT</translation>
    </message>
    <message>
        <source>The tables are CSV files in the plugin&apos;s folder resources/rk_tables, which you can copy and edit. The r_k of the ESA CCI classes are those of the CryoGrid CCI code; those of MODIS IGBP and of the plant functional types were derived from them by the meaning of the classes. A table that leaves a quarter of the land without r_k, or that lacks classes while another of these tables has all of them, belongs to a different map and is refused.</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>各表为插件文件夹 resources/rk_tables 中的 CSV 文件，可复制和修改。ESA CCI 各类别的 r_k 取自 CryoGrid CCI 的代码；MODIS IGBP 和植物功能型的 r_k 按类别含义由其导出。如果一个表使四分之一的陆地没有 r_k，或缺少某些类别而另一个表全部具备，则说明它属于另一种图，会被拒绝。</translation>
    </message>
    <message>
        <source>r_k factor</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>r_k 系数</translation>
    </message>
    <message>
        <source>r_k of the dominant class</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>优势类别的 r_k</translation>
    </message>
    <message>
        <source>reclassify</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>重分类</translation>
    </message>
    <message>
        <source>soil</source>
        <extracomment>permafrost:rkfactor</extracomment>
        <translation>土</translation>
    </message>
    <message>
        <source>0 Start here</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>0 从这里开始</translation>
    </message>
    <message>
        <source>Existing files with the same names are replaced.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>已有的同名文件会被替换。</translation>
    </message>
    <message>
        <source>For a part of the basin</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>流域的一部分</translation>
    </message>
    <message>
        <source>For the whole basin</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>整个流域</translation>
    </message>
    <message>
        <source>In the QGIS window: adds the styled layers of the project to the canvas, in one group.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>在 QGIS 窗口中：将工程中已设样式的图层作为一个图层组加入画布。</translation>
    </message>
    <message>
        <source>LST scenes</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>LST 影像</translation>
    </message>
    <message>
        <source>None, only the layers of the basin</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>无，只有流域的图层</translation>
    </message>
    <message>
        <source>Open the layers when done</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>完成后打开图层</translation>
    </message>
    <message>
        <source>Scenes and stations</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>影像和站点</translation>
    </message>
    <message>
        <source>Tarim</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>塔里木</translation>
    </message>
    <message>
        <source>The cells of all files coincide, so results made from scenes of a part of the basin can be compared with all other files without resampling.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>所有文件的像元重合，因此由流域一部分的影像得到的结果，无需重采样即可与所有其他文件比较。</translation>
    </message>
    <message>
        <source>The rectangle around the Tarim Basin (73.5-93.9° E, 34.3-43.6° N) in 408 x 186 cells of 0.05°. Elevation (ETOPO5) and land cover (MODIS, IGBP classes) are real; glaciers, lakes and the outline of the basin are derived from them. Everything else is SIMULATED by a documented climatology: it is meant for trying out the method and comparing its result with a known truth, and says nothing about the real basin. Each simulated file or its folder has &quot;simulated&quot; in its name, and results computed from it are marked as simulated in their metadata and reports.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>塔里木盆地周围的矩形（73.5-93.9° E，34.3-43.6° N），0.05° 像元，408 x 186 个。高程 (ETOPO5) 和土地覆盖（MODIS，IGBP 类别）是真实的；冰川、湖泊和流域边界由其导出。其余均为按有文档说明的气候态模拟的数据：用于试用本方法并将结果与已知真值比较，不能说明真实流域的情况。每个模拟文件或其文件夹的名称中含“simulated”，由其计算的结果在元数据和报告中注明为模拟。</translation>
    </message>
    <message>
        <source>The same seed reproduces the same basin.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>同一随机种子得到相同的流域。</translation>
    </message>
    <message>
        <source>Writes the sample basin with a project that opens it: real terrain and land cover, simulated climate.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>写出示例流域及打开它的工程：地形和土地覆盖真实，气候为模拟。</translation>
    </message>
    <message>
        <source>You can begin at any step. From the start: lst_scenes_simulated holds four scenes a day named and stored like TRIMS (PRODUCT=trims of &apos;Build LST stacks&apos;), with clouds as frequent as over the Heihe basin; stations_simulated.geojson and observations_simulated.csv hold stations and what their loggers recorded. From degree days: ddt_simulated.tif and ddf_simulated.tif. To assess a map: survey_simulated.tif, boreholes_simulated.geojson, and the truth, in files whose names begin with truth: daily temperatures, degree days, r_k, TTOP and permafrost.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>可以从任一步骤开始。从头开始：lst_scenes_simulated 含每日四景影像，命名和存储方式与 TRIMS 相同（“构建 LST 影像序列”的 PRODUCT=trims），云的频率与黑河流域相当；stations_simulated.geojson 和 observations_simulated.csv 含站点及其温度记录仪的记录。从冻融指数开始：ddt_simulated.tif 和 ddf_simulated.tif。评价多年冻土图：survey_simulated.tif、boreholes_simulated.geojson，以及文件名以 truth 开头的真值：逐日温度、冻融指数、r_k、TTOP 和多年冻土。</translation>
    </message>
    <message>
        <source>demo</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>演示</translation>
    </message>
    <message>
        <source>example</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>示例</translation>
    </message>
    <message>
        <source>part: for 77.5-91.5° E, 34.5-40.0° N, 280 x 110 cells, which contain both regions of the survey. basin: for the whole rectangle, with two and a half times as many cells. none: neither scenes nor stations. A year has 1460 scenes.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>part：77.5-91.5° E，34.5-40.0° N，280 x 110 个像元，包含两个调查区域。basin：整个矩形，像元数为前者的两倍半。none：无影像和站点。每年 1460 景影像。</translation>
    </message>
    <message>
        <source>simulation</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>模拟</translation>
    </message>
    <message>
        <source>test data</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>测试数据</translation>
    </message>
    <message>
        <source>tutorial</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>教程</translation>
    </message>
    <message>
        <source>A daily mean depends on when the day begins: GST of UTC days and LST of local days refer to different days. The dates of the observations have to be those of the stacks.</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>日平均值取决于一日的起点：按 UTC 日的 GST 和按地方日的 LST 所指的不是同一天。观测数据的日期必须与影像序列的日期一致。</translation>
    </message>
    <message>
        <source>Dates may be written as 2009-01-01, 2009/1/1, 2009.01.01, 20090101, 2009年1月1日 or 1 Jan 2009, with a time too; as 31.12.2009 or 12/31/2009 where the whole column shows the order of day and month; and as spreadsheet serial numbers. Numbers have decimal points or, throughout a column, decimal commas. Names of stations may differ in case, spaces, leading zeros and a trailing .0.</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>日期可写作 2009-01-01、2009/1/1、2009.01.01、20090101、2009年1月1日 或 1 Jan 2009，也可带时间；整列能看出日月顺序时，可写作 31.12.2009 或 12/31/2009；还可为电子表格的日期序列号。数字用小数点，整列统一时也可用小数逗号。站点名称可在大小写、空格、前导零和末尾的 .0 上有出入。</translation>
    </message>
    <message>
        <source>Each row of the result is one station on one day, with its observed daily mean ground surface temperature and the land surface temperature of each overpass at the station. It is the training table of &apos;Fit GST model&apos;.</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>结果的每一行为一个站点的一天，含实测日平均地面温度和各次过境在该站点的地表温度。它就是“拟合 GST 模型”的训练表。</translation>
    </message>
    <message>
        <source>Joins observed ground surface temperature with the land surface temperatures at the station on that day.</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>将实测地面温度与同日站点处的地表温度合并。</translation>
    </message>
    <message>
        <source>Rows are left out that have no station, date or temperature, impossible dates, texts or fill values (such as 3276.6, -999 or 99.9), repeated station-days, unknown stations, stations outside the stacks, or days without any overpass. The log states the number of each with an example, as a warning where they exceed a tenth of the table or of a station. Temperatures in tenths of a degree or in kelvin are refused, and so is a table of which more than a tenth cannot be read. A missing overpass stays empty.</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>不采用的行包括：没有站点、日期或温度，日期不可能存在，文本或填充值（例如 3276.6、-999 或 99.9），重复的站点日，未知站点，位于影像序列之外的站点，以及没有任何过境的日子。日志说明每种情况的数量并举一例；超过全表或某一站点的十分之一时给出警告。单位为十分之一度或开尔文的温度会被拒绝，超过十分之一无法读取的表也会被拒绝。缺测的过境留空。</translation>
    </message>
    <message>
        <source>Sample LST at stations</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>提取站点 LST</translation>
    </message>
    <message>
        <source>extract values</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>提取值</translation>
    </message>
    <message>
        <source>match-up</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>匹配</translation>
    </message>
    <message>
        <source>observations</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>观测数据</translation>
    </message>
    <message>
        <source>training table</source>
        <extracomment>permafrost:samplelst</extracomment>
        <translation>训练表</translation>
    </message>
    <message>
        <source>Computes the mean annual temperature at the top of permafrost from degree days and r_k.</source>
        <extracomment>permafrost:ttop</extracomment>
        <translation>由冻融指数和 r_k 计算年平均多年冻土顶板温度。</translation>
    </message>
    <message>
        <source>DDT and DDF are degree days of the ground surface. For degree days of the air, specify the n-factors.</source>
        <extracomment>permafrost:ttop</extracomment>
        <translation>DDT 和 DDF 为地面冻融指数。使用气温冻融指数时，请给出 n 系数。</translation>
    </message>
    <message>
        <source>If DDT and DDF have a band per year, as those from &apos;Degree days&apos;, so has TTOP, with the same band names.</source>
        <extracomment>permafrost:ttop</extracomment>
        <translation>如果 DDT 和 DDF 每年一个波段（例如来自“冻融指数”），TTOP 也是如此，且波段名相同。</translation>
    </message>
    <message>
        <source>TTOP</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>TTOP</translation>
    </message>
    <message>
        <source>TTOP = (r_k DDT - DDF) / P where DDF &gt;= r_k DDT, and (DDT - DDF / r_k) / P elsewhere. Permafrost is expected where TTOP is 0 °C or below. r_k is the ratio of thawed to frozen thermal conductivity of the ground; with r_k = 1 the result is the mean annual ground surface temperature.</source>
        <extracomment>permafrost:ttop</extracomment>
        <translation>DDF &gt;= r_k DDT 时 TTOP = (r_k DDT - DDF) / P，其他情况下 TTOP = (DDT - DDF / r_k) / P。TTOP 不高于 0 °C 处预计有多年冻土。r_k 为地面融化与冻结状态导热系数之比；r_k = 1 时结果即年平均地面温度。</translation>
    </message>
    <message>
        <source>TTOP is in equilibrium with the climate of the period; it is not a measured ground temperature.</source>
        <extracomment>permafrost:ttop</extracomment>
        <translation>TTOP 与该时段的气候平衡，并非实测地温。</translation>
    </message>
    <message>
        <source>n-factor</source>
        <extracomment>permafrost:ttop</extracomment>
        <translation>n 系数</translation>
    </message>
    <message>
        <source>temperature at the top of permafrost</source>
        <extracomment>permafrost:ttop</extracomment>
        <translation>多年冻土顶板温度</translation>
    </message>
    <message>
        <source>thermal offset</source>
        <extracomment>permafrost:ttop</extracomment>
        <translation>热偏移</translation>
    </message>
    <message>
        <source>&apos;{map_name}&apos; and &apos;{reference_name}&apos; have no cell that can be compared: check that they show the same place, and the values in {chosen_by} and {reference_chosen_by}.</source>
        <extracomment>raster/assess/accuracy.py</extracomment>
        <translation>“{map_name}”与“{reference_name}”没有可比较的像元：请检查两者是否为同一地点，以及 {chosen_by} 和 {reference_chosen_by} 中的值。</translation>
    </message>
    <message>
        <source>{points} points of &apos;{name}&apos; lie in {n_classes} cells of the map, {outside} lie off the map; {disagreeing} cells are excluded because their points disagree.</source>
        <extracomment>raster/assess/accuracy.py</extracomment>
        <translation>“{name}”的 {points} 个点位于图的 {n_classes} 个像元中，{outside} 个在图外；{disagreeing} 个像元因各点不一致而排除。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has no cell with a class: choose another map, or check its nodata value.</source>
        <extracomment>raster/assess/areastatistics.py</extracomment>
        <translation>“{name}”没有任何有类别的像元：请另选图，或检查其无数据值。</translation>
    </message>
    <message>
        <source>Neither TTOP nor MAP is given: choose a TTOP raster, a permafrost map, or both.</source>
        <extracomment>raster/assess/boreholes.py</extracomment>
        <translation>TTOP 与 MAP 均未给出：请选择 TTOP 栅格、多年冻土图，或两者都选。</translation>
    </message>
    <message>
        <source>None of the {n_inside} points of &apos;{name}&apos; has an observation in a cell with a value: check the CRS of the points, their fields, and the nodata values of the map.</source>
        <extracomment>raster/assess/boreholes.py</extracomment>
        <translation>“{name}”的 {n_inside} 个点中，没有一个在有值的像元里有观测值：请检查点的 CRS、字段，以及图的无数据值。</translation>
    </message>
    <message>
        <source>No cell has a TTOP in all windows of PERIODS: choose other windows, or check TTOP, the basin and the CRSs.</source>
        <extracomment>raster/assess/change.py</extracomment>
        <translation>没有像元在 PERIODS 的所有时段都有 TTOP：请另选时段，或检查 TTOP、流域和各 CRS。</translation>
    </message>
    <message>
        <source>No cell has a class in all of MAPS: check that they show the same place, and their nodata values.</source>
        <extracomment>raster/assess/change.py</extracomment>
        <translation>没有像元在 MAPS 的所有图中都有类别：请检查它们是否为同一地点，以及各自的无数据值。</translation>
    </message>
    <message>
        <source>No cell has {min_years} years with a value, and {n_years} years are given: lower MIN_YEARS, or leave TREND and SIGNIFICANCE out.</source>
        <extracomment>raster/assess/change.py</extracomment>
        <translation>没有像元具备 {min_years} 年的值，而给出了 {n_years} 年：请减小 MIN_YEARS，或不要求 TREND 和 SIGNIFICANCE。</translation>
    </message>
    <message>
        <source>{n_maps} maps: {labels}.</source>
        <extracomment>raster/assess/change.py</extracomment>
        <translation>{n_maps} 幅图：{labels}。</translation>
    </message>
    <message>
        <source>MAPS and &apos;{name}&apos; have no cell that can be compared: check that all of them show the same place, and the values that the rules drop.</source>
        <extracomment>raster/assess/comparemaps.py</extracomment>
        <translation>MAPS 与“{name}”没有可比较的像元：请检查它们是否为同一地点，以及规则所排除的值。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is a container with {n_getsubdatasets} subdatasets and no band of its own: choose one of its subdatasets.</source>
        <extracomment>raster/grid/gdal_io.py</extracomment>
        <translation>“{name}”是含 {n_getsubdatasets} 个子数据集的容器，自身没有波段：请选择其中一个子数据集。</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; cannot be opened ({reason}): check that the file exists and is whole.</source>
        <extracomment>raster/grid/gdal_io.py</extracomment>
        <translation>栅格“{name}”无法打开（{reason}）：请检查文件是否存在且完整。</translation>
    </message>
    <message>
        <source>The CRS of &apos;{name}&apos; cannot be transformed to that of the first input ({reason}): assign the right CRS to it.</source>
        <extracomment>raster/grid/gdal_io.py</extracomment>
        <translation>“{name}”的 CRS 无法转换到第一个输入的 CRS（{reason}）：请为其指定正确的 CRS。</translation>
    </message>
    <message>
        <source>cannot be read at {rows} ({reason})</source>
        <extracomment>raster/grid/gdal_io.py</extracomment>
        <translation>在{rows}无法读取（{reason}）</translation>
    </message>
    <message>
        <source>rows {row} to {height}</source>
        <extracomment>raster/grid/gdal_io.py</extracomment>
        <translation>第 {row} 至 {height} 行</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ({grid}) does not overlap {target_name} ({target}): check both extents and CRSs.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>“{name}”（{grid}）与 {target_name}（{target}）不重叠：请检查两者的范围和 CRS。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ({grid}) is not on the grid of {target_name} ({target}) and {lacking} has no CRS: assign the right CRS to it.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>“{name}”（{grid}）不在 {target_name} 的格网（{target}）上，而 {lacking} 没有 CRS：请为其指定正确的 CRS。</translation>
    </message>
    <message>
        <source>Lengths and areas of {quoted} ({grid}) are not known, since {reason}: assign the right CRS to it.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>{quoted}（{grid}）的长度和面积未知，因为{reason}：请为其指定正确的 CRS。</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; is not georeferenced: georeference it first.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>栅格“{name}”没有地理参考：请先作地理配准。</translation>
    </message>
    <message>
        <source>The grid of raster &apos;{name}&apos; has a corner or a cell that is no finite number: the file seems damaged, get it again.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>栅格“{name}”的格网有非有限的角点或像元：文件似乎已损坏，请重新获取。</translation>
    </message>
    <message>
        <source>The grid of raster &apos;{name}&apos; is rotated: warp it to a north-up grid first.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>栅格“{name}”的格网是旋转的：请先变换到正北朝上的格网。</translation>
    </message>
    <message>
        <source>The rows of {target_name} run from south to north ({target}) and &apos;{name}&apos; lies on other cells: warp {target_name} to a north-up grid.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>{target_name} 的行由南向北排列（{target}），而“{name}”在其他像元上：请将 {target_name} 变换到正北朝上的格网。</translation>
    </message>
    <message>
        <source>its CRS is no map projection</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>其 CRS 不是地图投影</translation>
    </message>
    <message>
        <source>no CRS</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>无 CRS</translation>
    </message>
    <message>
        <source>the unit of its CRS is unknown</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>其 CRS 的单位未知</translation>
    </message>
    <message>
        <source>the unit of its CRS is {name}</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>其 CRS 的单位为 {name}</translation>
    </message>
    <message>
        <source>{width} x {height} cells of {cell}, x {xmin:.6g} to {xmax:.6g}, y {ymin:.6g} to {ymax:.6g}, {crs_name}</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>{width} x {height} 个像元，像元大小 {cell}，x {xmin:.6g} 至 {xmax:.6g}，y {ymin:.6g} 至 {ymax:.6g}，{crs_name}</translation>
    </message>
    <message>
        <source>No cell of &apos;{name}&apos; has {min_days} valid days in each month of a year: require fewer valid days per month, or fill the gaps first.</source>
        <extracomment>raster/gst/degreedays.py</extracomment>
        <translation>“{name}”没有任何像元在某一年的各月都有 {min_days} 个有效日：请减少每月所需的有效日，或先插补缺测。</translation>
    </message>
    <message>
        <source>Column &apos;{gst}&apos; of table &apos;{name}&apos;</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>表“{name}”的列“{gst}”</translation>
    </message>
    <message>
        <source>name stations as in field &apos;{field}&apos; of &apos;{layer}&apos;, for example &apos;{names}&apos;</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>请按“{layer}”的字段“{field}”命名站点，例如“{names}”</translation>
    </message>
    <message>
        <source>the station is not among those of &apos;{layer}&apos;</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>该站点不在“{layer}”的站点之中</translation>
    </message>
    <message>
        <source>{n_shared} of {n_every} days are in the stacks of all overpasses: {lacking} of them.</source>
        <extracomment>raster/gst/overpasses.py</extracomment>
        <translation>{n_every} 天中有 {n_shared} 天为所有过境的影像序列共有：{lacking}。</translation>
    </message>
    <message>
        <source>{name} lacks {n_has}</source>
        <extracomment>raster/gst/overpasses.py</extracomment>
        <translation>{name} 缺 {n_has} 天</translation>
    </message>
    <message>
        <source>No cell of &apos;{name}&apos; ever has the overpasses that the model needs: fill the gaps first.</source>
        <extracomment>raster/gst/prediction.py</extracomment>
        <translation>“{name}”没有任何像元曾具备模型所需的过境：请先插补缺测。</translation>
    </message>
    <message>
        <source>Band {number} of &apos;{name}&apos; stores its values differently from band 1 (type, nodata, scale or offset): give all bands the same ones.</source>
        <extracomment>raster/lst/filling.py</extracomment>
        <translation>“{name}”第 {number} 波段的存储方式与第 1 波段不同（类型、无数据值、比例或偏移）：请使所有波段一致。</translation>
    </message>
    <message>
        <source>BAND is {band} and &apos;{name}&apos; has {n_days} bands: choose one of them.</source>
        <extracomment>raster/lst/scenefit.py</extracomment>
        <translation>BAND 为 {band}，而“{name}”有 {n_days} 个波段：请从中选择。</translation>
    </message>
    <message>
        <source>Band {band} of &apos;{name}&apos; has no known cell: choose another band.</source>
        <extracomment>raster/lst/scenefit.py</extracomment>
        <translation>“{name}”第 {band} 波段没有有值像元：请另选波段。</translation>
    </message>
    <message>
        <source>No scene of &apos;{name}&apos; has {min_known_cells} known cells, of which some could be withheld: choose another stack.</source>
        <extracomment>raster/lst/withheld.py</extracomment>
        <translation>“{name}”没有任何影像有 {min_known_cells} 个可供留出的有值像元：请另选影像序列。</translation>
    </message>
    <message>
        <source>{fill} cells of &apos;{name}&apos; hold {fill_of_either:g}, which is treated as a fill value: tag it as nodata.</source>
        <extracomment>raster/permafrost/activelayer.py</extracomment>
        <translation>“{name}”有 {fill} 个像元的值为 {fill_of_either:g}，按填充值处理：请将其标为无数据值。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds {n_classes} classes, and at most {max_classes} can have an r_k: use a map with fewer classes.</source>
        <extracomment>raster/permafrost/calibrate.py</extracomment>
        <translation>“{name}”有 {n_classes} 个类别，而至多 {max_classes} 个可以有 r_k：请使用类别较少的图。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos;, &apos;{ddf_name}&apos;, &apos;{classes_name}&apos; and &apos;{reference_name}&apos; have no cell in which all hold a value: check that they cover the same area.</source>
        <extracomment>raster/permafrost/calibrate.py</extracomment>
        <translation>“{name}”、“{ddf_name}”、“{classes_name}”和“{reference_name}”没有都有值的像元：请检查它们是否为同一区域。</translation>
    </message>
    <message>
        <source>None of the {cells} usable cells of the survey is permafrost, and r_k can only be calibrated where both permafrost and other ground occur: check PERMAFROST_VALUE, which is &apos;{permafrost}&apos;, because &apos;{name}&apos; holds the values {listed}.</source>
        <extracomment>raster/permafrost/calibrate.py</extracomment>
        <translation>调查图的 {cells} 个可用像元中没有多年冻土，而只有多年冻土与其他地面都出现时才能率定 r_k：请检查 PERMAFROST_VALUE，它为“{permafrost}”，而“{name}”的值为 {listed}。</translation>
    </message>
    <message>
        <source>No cell of &apos;{name}&apos; inside the basin holds a TTOP: check the layer, the basin and the CRS of both.</source>
        <extracomment>raster/permafrost/classify.py</extracomment>
        <translation>“{name}”在流域内没有任何有 TTOP 的像元：请检查图层、流域以及两者的 CRS。</translation>
    </message>
    <message>
        <source>Layers &apos;{name}&apos; and &apos;{ddf_name}&apos; have no cell in which both hold a value: check that they cover the same area and that their nodata values are tagged correctly.</source>
        <extracomment>raster/permafrost/degree_day_inputs.py</extracomment>
        <translation>图层“{name}”和“{ddf_name}”没有都有值的像元：请检查它们是否为同一区域，以及无数据值是否标注正确。</translation>
    </message>
    <message>
        <source>Classes of &apos;{name}&apos; that are not in table &apos;{table_name}&apos; have no r_k: {listed}.</source>
        <extracomment>raster/permafrost/rk.py</extracomment>
        <translation>“{name}”中不在表“{table_name}”里的类别没有 r_k：{listed}。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; is not used: it is not in table &apos;{table_name}&apos;.</source>
        <extracomment>raster/permafrost/rk.py</extracomment>
        <translation>不使用图层“{name}”：它不在表“{table_name}”中。</translation>
    </message>
    <message>
        <source>No PFT layer has a name in table &apos;{name}&apos;: name the layers as in the table.</source>
        <extracomment>raster/permafrost/rk.py</extracomment>
        <translation>没有 PFT 图层的名称在表“{name}”中：请按表命名图层。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; holds r_k above 1, which is plausible only where the soil conducts heat better thawed than frozen.</source>
        <extracomment>raster/permafrost/rk.py</extracomment>
        <translation>表“{name}”含有大于 1 的 r_k，只有在土的融化导热系数大于冻结导热系数之处才合理。</translation>
    </message>
    <message>
        <source>The PFT layers hold no fraction of ground with an r_k: check the layers and their names.</source>
        <extracomment>raster/permafrost/rk.py</extracomment>
        <translation>PFT 图层中没有任何具 r_k 的地面比例：请检查图层及其名称。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has {n_ddt_names} bands and &apos;{ddf_name}&apos; has {n_ddf_names}: use degree days of the same years, or single-band means of both.</source>
        <extracomment>raster/permafrost/ttop.py</extracomment>
        <translation>“{name}”有 {n_ddt_names} 个波段，“{ddf_name}”有 {n_ddf_names} 个：请使用相同年份的冻融指数，或两者的单波段平均值。</translation>
    </message>
    <message>
        <source>Band {band} is &apos;{first}&apos; in &apos;{name}&apos; and &apos;{second}&apos; in &apos;{ddf_name}&apos;: use degree days of the same years in the same order.</source>
        <extracomment>raster/permafrost/ttop.py</extracomment>
        <translation>第 {band} 波段在“{name}”中为“{first}”，在“{ddf_name}”中为“{second}”：请使用年份及顺序相同的冻融指数。</translation>
    </message>
    <message>
        <source>cannot be aligned, since it {reason}</source>
        <extracomment>raster/prepare/align.py</extracomment>
        <translation>无法对齐，因为它{reason}</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds {example:.6g} and other values outside {low:g} to {high:g} m in {outside} of {cells} cells: give elevations in metres, and tag the fill value as nodata.</source>
        <extracomment>raster/prepare/elevation.py</extracomment>
        <translation>“{name}”的 {cells} 个像元中有 {outside} 个为 {example:.6g} 等超出 {low:g} 至 {high:g} m 的值：请给出以 m 为单位的高程，并将填充值标为无数据值。</translation>
    </message>
    <message>
        <source>{outside} of {cells} cells of &apos;{name}&apos; hold no elevation in metres, for example {example:.6g}, and are treated as missing: tag the fill value as nodata.</source>
        <extracomment>raster/prepare/elevation.py</extracomment>
        <translation>“{name}”的 {cells} 个像元中有 {outside} 个不是以 m 为单位的高程，例如 {example:.6g}，按缺测处理：请将填充值标为无数据值。</translation>
    </message>
    <message>
        <source>In the quality layer of &apos;{name}&apos; {error}</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>在“{name}”的质量图层中，{error}</translation>
    </message>
    <message>
        <source>No scene holds a value: check NODATA and QC.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>没有影像有值：请检查 NODATA 和 QC。</translation>
    </message>
    <message>
        <source>Scene &apos;{name}&apos; has no CRS: assign the right one to it.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>影像“{name}”没有 CRS：请为其指定正确的 CRS。</translation>
    </message>
    <message>
        <source>Scene &apos;{name}&apos; has no layer of quality bits beside it: export {layers} too, named like the scene, or set QC to none.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>影像“{name}”旁没有质量位图层：请同时导出 {layers} 并与影像同名，或将 QC 设为 none。</translation>
    </message>
    <message>
        <source>Scene &apos;{name}&apos; holds no band named LST_{time}_1km, and its name contains neither day nor night: export the bands with their names, or set OVERPASS to what it holds.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>影像“{name}”没有名为 LST_{time}_1km 的波段，名称中也没有 day 或 night：请连同名称导出波段，或将 OVERPASS 设为其内容。</translation>
    </message>
    <message>
        <source>Scene &apos;{name}&apos; is on another grid than the first file of its day: warp it.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>影像“{name}”与当日第一个文件不在同一格网上：请变换到同一格网。</translation>
    </message>
    <message>
        <source>The quality layer of &apos;{name}&apos; is on another grid: export both layers with the same cells.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>“{name}”的质量图层在另一格网上：请以相同像元导出两个图层。</translation>
    </message>
    <message>
        <source>quality of {name}</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>{name} 的质量</translation>
    </message>
    <message>
        <source>scenes in {crs_name}</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>{crs_name} 的影像</translation>
    </message>
    <message>
        <source>Folder &apos;{folder}&apos; (INPUT) holds no file: choose the folder of the scenes.</source>
        <extracomment>raster/prepare/search.py</extracomment>
        <translation>文件夹“{folder}”（INPUT）中没有文件：请选择影像所在的文件夹。</translation>
    </message>
    <message>
        <source>Left out because the dates in their names do not exist: {undated}.</source>
        <extracomment>raster/prepare/search.py</extracomment>
        <translation>因名称中的日期不存在而略去：{undated}。</translation>
    </message>
    <message>
        <source>No file in &apos;{folder}&apos; is a scene: {undated} ({n_undated} of {files} files) have impossible dates: correct the names, or set PATTERN to what their parts mean.</source>
        <extracomment>raster/prepare/search.py</extracomment>
        <translation>“{folder}”中没有影像文件：{undated}（{files} 个文件中有 {n_undated} 个）的日期不存在：请改正名称，或将 PATTERN 设为各部分的含义。</translation>
    </message>
    <message>
        <source>No file in &apos;{folder}&apos; that is named like a scene has a band called LST_Day_1km or LST_Night_1km: rename the bands, export one file each for day and night, or set PATTERN and OVERPASS.</source>
        <extracomment>raster/prepare/search.py</extracomment>
        <translation>“{folder}”中名称像影像的文件都没有名为 LST_Day_1km 或 LST_Night_1km 的波段：请重命名波段，将白天和夜间各导出一个文件，或设定 PATTERN 和 OVERPASS。</translation>
    </message>
    <message>
        <source>None of the {files} files in &apos;{folder}&apos;, such as {examples}, is a scene named like {expected}: choose another PRODUCT or OVERPASS, or set PATTERN.</source>
        <extracomment>raster/prepare/search.py</extracomment>
        <translation>“{folder}”的 {files} 个文件（如 {examples}）中没有名称形如 {expected} 的影像：请另选 PRODUCT 或 OVERPASS，或设定 PATTERN。</translation>
    </message>
    <message>
        <source>The files hold no layer of {overpass_label}.</source>
        <extracomment>raster/prepare/search.py</extracomment>
        <translation>文件中没有 {overpass_label} 的图层。</translation>
    </message>
    <message>
        <source>{n_unmatched} of {files} files are not named like scenes and are not used, such as {examples}.</source>
        <extracomment>raster/prepare/search.py</extracomment>
        <translation>{files} 个文件中有 {n_unmatched} 个的名称不像影像，不予使用，如 {examples}。</translation>
    </message>
    <message>
        <source>The run was cancelled: {number} of {n_plans} stacks are finished, and the same run started again continues after them.</source>
        <extracomment>raster/prepare/stacking.py</extracomment>
        <translation>运行已取消：{n_plans} 个影像序列中已完成 {number} 个，再次启动同一运行即由此继续。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ({first}) and &apos;{other}&apos; ({tile}) have different cells: choose a GRID, or give EXTENT, CRS and RESOLUTION.</source>
        <extracomment>raster/prepare/target.py</extracomment>
        <translation>“{name}”（{first}）与“{other}”（{tile}）的像元不同：请选择 GRID，或给出 EXTENT、CRS 和 RESOLUTION。</translation>
    </message>
    <message>
        <source>No scene overlaps the grid of the stacks ({grid}); the first, &apos;{name}&apos;, is {first}: check GRID or EXTENT, and the CRSs.</source>
        <extracomment>raster/prepare/target.py</extracomment>
        <translation>没有影像与影像序列的格网（{grid}）重叠；第一景“{name}”为 {first}：请检查 GRID 或 EXTENT 以及各 CRS。</translation>
    </message>
    <message>
        <source>RESOLUTION {resolution:g} makes {width} x {height} cells of the extent ({xmin:.6g} x {ymin:.6g}): give the cell size in units of {crs_name}.</source>
        <extracomment>raster/prepare/target.py</extracomment>
        <translation>RESOLUTION {resolution:g} 使该范围（{xmin:.6g} x {ymin:.6g}）有 {width} x {height} 个像元：请以 {crs_name} 的单位给出像元大小。</translation>
    </message>
    <message>
        <source>The extent cannot be transformed to {crs_name}: check EXTENT and CRS.</source>
        <extracomment>raster/prepare/target.py</extracomment>
        <translation>该范围无法转换到 {crs_name}：请检查 EXTENT 和 CRS。</translation>
    </message>
    <message>
        <source>The raster chosen for GRID has no CRS: assign the right one to it.</source>
        <extracomment>raster/prepare/target.py</extracomment>
        <translation>为 GRID 选择的栅格没有 CRS：请为其指定正确的 CRS。</translation>
    </message>
    <message>
        <source>There is no scene to read.</source>
        <extracomment>raster/prepare/target.py</extracomment>
        <translation>没有可读取的影像。</translation>
    </message>
    <message>
        <source>RESOLUTION {resolution:g} makes no grid of &apos;{name}&apos; ({warped}): choose another.</source>
        <extracomment>raster/publish/place.py</extracomment>
        <translation>RESOLUTION {resolution:g} 对“{name}”不成格网（{warped}）：请另选。</translation>
    </message>
    <message>
        <source>RESOLUTION {resolution:g} makes {columns:.3g} x {rows:.3g} cells of &apos;{name}&apos; ({xmin:.6g} x {ymin:.6g}): give the cell size in units of the CRS of the product.</source>
        <extracomment>raster/publish/place.py</extracomment>
        <translation>RESOLUTION {resolution:g} 使“{name}”（{xmin:.6g} x {ymin:.6g}）有 {columns:.3g} x {rows:.3g} 个像元：请以数据产品 CRS 的单位给出像元大小。</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; cannot be warped to the CRS of the product ({warped}): choose a CRS that covers it.</source>
        <extracomment>raster/publish/place.py</extracomment>
        <translation>栅格“{name}”无法变换到数据产品的 CRS（{warped}）：请选择覆盖它的 CRS。</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; has no CRS, without which the product could not be used: assign the right one.</source>
        <extracomment>raster/publish/place.py</extracomment>
        <translation>栅格“{name}”没有 CRS，而没有 CRS 的数据产品无法使用：请为其指定正确的 CRS。</translation>
    </message>
    <message>
        <source>{label} standard deviation</source>
        <extracomment>raster/publish/preview.py</extracomment>
        <translation>{label}，标准差</translation>
    </message>
    <message>
        <source>No cell of &apos;{name}&apos; has a class on the grid of the product: check its place and its values.</source>
        <extracomment>raster/publish/rasters.py</extracomment>
        <translation>“{name}”在数据产品的格网上没有任何有类别的像元：请检查其位置和值。</translation>
    </message>
    <message>
        <source>No cell of &apos;{name}&apos; has a value on the grid of the product: check its place.</source>
        <extracomment>raster/publish/rasters.py</extracomment>
        <translation>“{name}”在数据产品的格网上没有任何有值的像元：请检查其位置。</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; holds complex numbers: export their amplitude, or another real quantity, first.</source>
        <extracomment>raster/read/bands.py</extracomment>
        <translation>栅格“{name}”为复数：请先导出其振幅或其他实数量。</translation>
    </message>
    <message>
        <source>where classes, from {min} to {max}, are needed</source>
        <extracomment>raster/read/classes.py</extracomment>
        <translation>而此处需要 {min} 至 {max} 的类别</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ({own}) is aligned to the first input by {resampling} resampling.</source>
        <extracomment>raster/read/rasters.py</extracomment>
        <translation>“{name}”（{own}）以{resampling}重采样对齐到第一个输入。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has {bands} bands; band {band} is used.</source>
        <extracomment>raster/read/rasters.py</extracomment>
        <translation>“{name}”有 {bands} 个波段；使用第 {band} 波段。</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; cannot be aligned to the first input ({reason}): check its CRS.</source>
        <extracomment>raster/read/regrid.py</extracomment>
        <translation>栅格“{name}”无法对齐到第一个输入（{reason}）：请检查其 CRS。</translation>
    </message>
    <message>
        <source> on {day}</source>
        <extracomment>raster/read/series.py</extracomment>
        <translation>（{day}）</translation>
    </message>
    <message>
        <source>The single band of &apos;{name}&apos; has no date: write it into the band description as YYYY-MM-DD, or set START_DATE.</source>
        <extracomment>raster/read/series.py</extracomment>
        <translation>“{name}”的唯一波段没有日期：请按 YYYY-MM-DD 写入波段描述，或设定 START_DATE。</translation>
    </message>
    <message>
        <source>the stacks of {name}, as &apos;{stack_name}&apos;,</source>
        <extracomment>raster/read/series.py</extracomment>
        <translation>{name} 的影像序列（如“{stack_name}”）</translation>
    </message>
    <message>
        <source>{cells} values of {of} are not temperatures, for example {example:.6g}{on}, and are treated as missing: tag the fill value as nodata.</source>
        <extracomment>raster/read/series.py</extracomment>
        <translation>{of}中有 {cells} 个值不是温度，例如 {example:.6g}{on}，按缺测处理：请将填充值标为无数据值。</translation>
    </message>
    <message>
        <source>Band {number} of &apos;{name}&apos; is of {after} and follows {before}: put the bands in the order of their dates, each date once.</source>
        <extracomment>raster/read/stack.py</extracomment>
        <translation>“{name}”第 {number} 波段的日期为 {after}，却排在 {before} 之后：请按日期排列波段，每个日期一次。</translation>
    </message>
    <message>
        <source>The band of {day} of &apos;{name}&apos;</source>
        <extracomment>raster/read/stack.py</extracomment>
        <translation>“{name}”{day} 的波段</translation>
    </message>
    <message>
        <source>The bands of &apos;{name}&apos; have no dates: write them into the band descriptions as YYYY-MM-DD, give a NetCDF file with a time axis in a standard calendar, or set START_DATE to the day of the first band if the bands are consecutive days.</source>
        <extracomment>raster/read/stack.py</extracomment>
        <translation>“{name}”的波段没有日期：请按 YYYY-MM-DD 写入波段描述，或给出时间轴采用标准日历的 NetCDF 文件；若波段为连续日，也可将 START_DATE 设为首波段的日期。</translation>
    </message>
    <message>
        <source>BLOCK_SIZE is raised from {side} to {smallest} cells: the map is too large for smaller blocks.</source>
        <extracomment>raster/read/tiles.py</extracomment>
        <translation>BLOCK_SIZE 由 {side} 增至 {smallest} 个像元：图太大，不能用更小的块。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; has no CRS: assign the right one to it.</source>
        <extracomment>raster/read/vectors.py</extracomment>
        <translation>图层“{name}”没有 CRS：请为其指定正确的 CRS。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds no feature: choose another one or leave it out.</source>
        <extracomment>raster/read/vectors.py</extracomment>
        <translation>图层“{name}”没有要素：请另选图层，或不选。</translation>
    </message>
    <message>
        <source>No feature of layer &apos;{name}&apos; lies on {raster} ({grid}): check both CRSs.</source>
        <extracomment>raster/read/vectors.py</extracomment>
        <translation>图层“{name}”没有要素位于 {raster}（{grid}）：请检查两者的 CRS。</translation>
    </message>
    <message>
        <source>Band {band} of &apos;{name}&apos; has no year: write it into the band description, or set START_YEAR to the year of the first band, if the bands are consecutive years.</source>
        <extracomment>raster/read/years.py</extracomment>
        <translation>“{name}”第 {band} 波段没有年份：请写入波段描述；若波段为连续年，也可将 START_YEAR 设为首波段的年份。</translation>
    </message>
    <message>
        <source>The year {year} is in &apos;{name}&apos; and again in &apos;{band_name}&apos;: give each year once.</source>
        <extracomment>raster/read/years.py</extracomment>
        <translation>{year} 年既在“{name}”又在“{band_name}”中：请每年只给一次。</translation>
    </message>
    <message>
        <source>The run was cancelled: nothing was written.</source>
        <extracomment>raster/run/blocks.py</extracomment>
        <translation>运行已取消：没有写出任何结果。</translation>
    </message>
    <message>
        <source>The run was cancelled: finished work is kept, and the same run continues from it.</source>
        <extracomment>raster/run/checkpoints.py</extracomment>
        <translation>运行已取消：已完成的部分予以保留，再次启动同一运行即由此继续。</translation>
    </message>
    <message>
        <source>Machine &apos;{node}&apos; of the cluster</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>集群的计算机“{node}”</translation>
    </message>
    <message>
        <source>No Dask scheduler answers at SCHEDULER &apos;{address}&apos; ({error}): check that it is running and can be reached from this machine.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>SCHEDULER“{address}”没有 Dask 调度器应答（{error}）：请检查它是否在运行，以及本机能否连接。</translation>
    </message>
    <message>
        <source>SCHEDULER &apos;{address}&apos; is not one of the schedulers that you trust, and a scheduler can run any code on this machine: if it is yours, set the environment variable {trusted} to its address.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>SCHEDULER“{address}”不在受信任的调度器之列，而调度器可以在本机运行任何代码：若属可信，请将环境变量 {trusted} 设为其地址。</translation>
    </message>
    <message>
        <source>SCHEDULER is &apos;{address}&apos;: give an address such as tcp://192.168.1.10:8786.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>SCHEDULER 为“{address}”：请给出如 tcp://192.168.1.10:8786 的地址。</translation>
    </message>
    <message>
        <source>The cluster {address} computes: {n_threads} workers with {sum} threads.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>由集群 {address} 计算：{n_threads} 个工作节点，共 {sum} 个线程。</translation>
    </message>
    <message>
        <source>The cluster {address} has no worker yet: the run begins when there is one.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>集群 {address} 还没有工作节点：一旦有了就开始运行。</translation>
    </message>
    <message>
        <source>The scheduler {address} no longer answers: restart it, then the run.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>调度器 {address} 不再应答：请重新启动它，再重新运行。</translation>
    </message>
    <message>
        <source>Worker {machine}</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>工作节点“{machine}”</translation>
    </message>
    <message>
        <source>Workers of the cluster {address} died one after the other on the same job: give them more memory or lower MEMORY, check their logs, and start the run again.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>集群 {address} 的工作节点在同一任务上相继中止：请给它们更多内存或减小 MEMORY，检查其日志，再重新运行。</translation>
    </message>
    <message>
        <source>{here} cannot read the file &apos;{path}&apos; of {size} bytes: put it into a folder that all machines share under the same path.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>{here}无法读取 {size} 字节的文件“{path}”：请将其放入所有计算机以相同路径共享的文件夹。</translation>
    </message>
    <message>
        <source>{here} has {package} {version}, and the run needs {self_version}: install it there.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>{here}的 {package} 为 {version}，而运行需要 {self_version}：请在该处安装。</translation>
    </message>
    <message>
        <source>{who} of the cluster {address} cannot load {package} {version} ({answer}): install GDAL, SciPy and the package there, and check that &apos;import {package}&apos; works.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>集群 {address} 的{who}无法加载 {package} {version}（{answer}）：请在该处安装 GDAL、SciPy 和该软件包，并检查“import {package}”能否执行。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has no nodata value, so its gaps cannot be distinguished from temperatures: assign the value of its gaps as nodata.</source>
        <extracomment>raster/write/storage.py</extracomment>
        <translation>“{name}”没有无数据值，其缺测无法与温度区分：请将缺测的值指定为无数据值。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be written ({reason}): make room or choose another folder.</source>
        <extracomment>raster/write/writer.py</extracomment>
        <translation>“{path}”无法写入（{reason}）：请腾出空间或另选文件夹。</translation>
    </message>
    <message>
        <source>Permafrost Mapper</source>
        <extracomment>the plugin</extracomment>
        <translation>多年冻土制图 Permafrost Mapper</translation>
    </message>
    <message>
        <source>see the log messages of Processing.</source>
        <extracomment>window/background.py</extracomment>
        <translation>请查看“数据处理”的日志信息。</translation>
    </message>
    <message>
        <source>&apos;{group}&apos; is on the canvas.</source>
        <extracomment>window/menu.py</extracomment>
        <translation>“{group}”已显示在画布上。</translation>
    </message>
    <message>
        <source>A copy is in the toolbox, under &apos;Models&apos;, where it can be edited: {path}</source>
        <extracomment>window/menu.py</extracomment>
        <translation>副本已放入工具箱的“模型”中，可在那里编辑：{path}</translation>
    </message>
    <message>
        <source>About and how to cite</source>
        <extracomment>window/menu.py</extracomment>
        <translation>关于与引用</translation>
    </message>
    <message>
        <source>First steps</source>
        <extracomment>window/menu.py</extracomment>
        <translation>入门</translation>
    </message>
    <message>
        <source>How to cite, and how to ask</source>
        <extracomment>window/menu.py</extracomment>
        <translation>如何引用、如何提问</translation>
    </message>
    <message>
        <source>If you use it, please cite the plugin with its version and the publication of the method:</source>
        <extracomment>window/menu.py</extracomment>
        <translation>使用本插件时，请引用插件及其版本，以及方法的原始文献：</translation>
    </message>
    <message>
        <source>Map the sample basin</source>
        <extracomment>window/menu.py</extracomment>
        <translation>制作示例流域的多年冻土图</translation>
    </message>
    <message>
        <source>Mapping the sample basin, which takes some seconds ...</source>
        <extracomment>window/menu.py</extracomment>
        <translation>正在制作示例流域的多年冻土图，需要数秒……</translation>
    </message>
    <message>
        <source>Open a copy of the model &apos;{model}&apos; in the designer</source>
        <extracomment>window/menu.py</extracomment>
        <translation>在模型构建器中打开“{model}”模型的副本</translation>
    </message>
    <message>
        <source>Open the report</source>
        <extracomment>window/menu.py</extracomment>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>Open the sample basin</source>
        <extracomment>window/menu.py</extracomment>
        <translation>打开示例流域</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <extracomment>window/menu.py</extracomment>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Writing the sample basin, which takes some seconds ...</source>
        <extracomment>window/menu.py</extracomment>
        <translation>正在写出示例流域，需要数秒……</translation>
    </message>
    <message>
        <source>{error}: make room, or make the folder writable.</source>
        <extracomment>window/menu.py</extracomment>
        <translation>{error}：请腾出空间，或使文件夹可写。</translation>
    </message>
    <message>
        <source>Accuracy in the regions of the survey</source>
        <extracomment>window/sample.py</extracomment>
        <translation>调查区域的精度</translation>
    </message>
    <message>
        <source>Agreement with the survey</source>
        <extracomment>window/sample.py</extracomment>
        <translation>与调查图的一致性</translation>
    </message>
    <message>
        <source>Areas of the districts</source>
        <extracomment>window/sample.py</extracomment>
        <translation>各行政区面积</translation>
    </message>
    <message>
        <source>Permafrost map</source>
        <extracomment>algorithms/layout/drawn.py</extracomment>
        <translation>多年冻土图</translation>
    </message>
    <message>
        <source>Sample basin</source>
        <extracomment>window/sample.py</extracomment>
        <translation>示例流域</translation>
    </message>
    <message>
        <source>Survey map (simulated)</source>
        <extracomment>window/sample.py</extracomment>
        <translation>调查图（模拟）</translation>
    </message>
    <message>
        <source>TTOP [°C]</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>TTOP [°C]</translation>
    </message>
    <message>
        <source>Significant trends</source>
        <extracomment>algorithms/assess/change.py</extracomment>
        <translation>显著趋势</translation>
    </message>
    <message>
        <source>°C per decade</source>
        <extracomment>algorithms/assess/change.py</extracomment>
        <translation>°C/10a</translation>
    </message>
    <message>
        <source>Basin (derived)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>流域（派生）</translation>
    </message>
    <message>
        <source>Boreholes (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>钻孔（模拟）</translation>
    </message>
    <message>
        <source>Districts (made up)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>行政区（虚构）</translation>
    </message>
    <message>
        <source>Elevation, ETOPO5</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>高程，ETOPO5</translation>
    </message>
    <message>
        <source>Glaciers (derived)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>冰川（派生）</translation>
    </message>
    <message>
        <source>LST, examples (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>LST 示例（模拟）</translation>
    </message>
    <message>
        <source>Lakes (derived)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>湖泊（派生）</translation>
    </message>
    <message>
        <source>Land cover, IGBP 2019</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>土地覆盖，IGBP 2019</translation>
    </message>
    <message>
        <source>Observed (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>观测（模拟）</translation>
    </message>
    <message>
        <source>Observed GST (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>实测 GST（模拟）</translation>
    </message>
    <message>
        <source>Outlines</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Regions of the survey (made up)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>调查区域（虚构）</translation>
    </message>
    <message>
        <source>Stations (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>站点（模拟）</translation>
    </message>
    <message>
        <source>Terrain and land cover</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>地形与土地覆盖</translation>
    </message>
    <message>
        <source>Truth (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>真值（模拟）</translation>
    </message>
    <message>
        <source>{label} (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>{label}（模拟）</translation>
    </message>
    <message>
        <source>{overpass}, {day} (simulated)</source>
        <extracomment>algorithms/prepare/samplelayers.py</extracomment>
        <translation>{overpass}，{day}（模拟）</translation>
    </message>
    <message>
        <source>Report &apos;{path}&apos;</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>报告“{path}”</translation>
    </message>
    <message>
        <source>None of the cells compared is {missing} in the map: kappa is undefined or means little.</source>
        <extracomment>core/assess/accuracy.py</extracomment>
        <translation>参与比较的像元在图上没有一个是{missing}：Kappa 系数无定义或意义不大。</translation>
    </message>
    <message>
        <source>None of the cells compared is {missing} in the reference: kappa is undefined or means little.</source>
        <extracomment>core/assess/accuracy.py</extracomment>
        <translation>参与比较的像元在参考数据中没有一个是{missing}：Kappa 系数无定义或意义不大。</translation>
    </message>
    <message>
        <source>pooled</source>
        <extracomment>core/assess/accuracy.py</extracomment>
        <translation>合计</translation>
    </message>
    <message>
        <source>whole map</source>
        <extracomment>core/assess/areastatistics.py</extracomment>
        <translation>全图</translation>
    </message>
    <message>
        <source>no permafrost</source>
        <extracomment>core/assess/binary.py</extracomment>
        <translation>非多年冻土</translation>
    </message>
    <message>
        <source>no</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>否</translation>
    </message>
    <message>
        <source>nothing observed</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>没有观测值</translation>
    </message>
    <message>
        <source>off the map</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>在图外</translation>
    </message>
    <message>
        <source>points of the cell disagree</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>像元内各点不一致</translation>
    </message>
    <message>
        <source>yes</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>是</translation>
    </message>
    <message>
        <source>{used} of {count} points of &apos;{points}&apos; are used, in {cells} cells.</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>“{points}”的 {count} 个点中使用了 {used} 个，位于 {cells} 个像元。</translation>
    </message>
    <message>
        <source>{used} of {count} points of &apos;{points}&apos; are used, in {cells} cells; left out: {left_out}.</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>“{points}”的 {count} 个点中使用了 {used} 个，位于 {cells} 个像元；略去：{left_out}。</translation>
    </message>
    <message>
        <source>McNemar&apos;s test and the standard errors of kappa assume independent cells. Neighbouring cells are not independent, so the p-values are too small. The block bootstrap draws whole blocks of cells, the same blocks for both maps; its interval of the difference in kappa is the one to rely on.</source>
        <extracomment>core/assess/comparemaps.py</extracomment>
        <translation>McNemar 检验和 Kappa 系数的标准误均假定像元相互独立。相邻像元并不独立，因此 p 值偏小。分块自助法整块抽取像元，两幅图取相同的块；应以它给出的 Kappa 系数之差的区间为准。</translation>
    </message>
    <message>
        <source>McNemar&apos;s test asks whether two maps are right on equally many cells. It therefore compares overall accuracies, not kappas, and the two measures may rank the maps differently.</source>
        <extracomment>core/assess/comparemaps.py</extracomment>
        <translation>McNemar 检验考察两幅图正确的像元数是否相同。因此它比较的是总体精度而不是 Kappa 系数，两种指标的排序可能不同。</translation>
    </message>
    <message>
        <source>the Mann-Kendall test</source>
        <extracomment>core/assess/trend.py</extracomment>
        <translation>Mann-Kendall 检验</translation>
    </message>
    <message>
        <source>The Python package &apos;{package}&apos; is needed for {needed_for} and is not installed: run &apos;pip install {alone}--target &lt;your QGIS profile&gt;/python {package}&apos; and start QGIS again.</source>
        <extracomment>core/dependencies.py</extracomment>
        <translation>{needed_for}需要 Python 包“{package}”，而它未安装：请运行“pip install {alone}--target &lt;QGIS 用户配置文件夹&gt;/python {package}”，然后重新启动 QGIS。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be written (&apos;{name}&apos; is no folder): choose another folder.</source>
        <extracomment>core/files.py</extracomment>
        <translation>“{path}”无法写入（“{name}”不是文件夹）：请另选文件夹。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be written (it is a device): choose the name of a file.</source>
        <extracomment>core/files.py</extracomment>
        <translation>“{path}”无法写入（它是设备）：请给出文件名。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be written (it is a folder): choose the name of a file.</source>
        <extracomment>core/files.py</extracomment>
        <translation>“{path}”无法写入（它是文件夹）：请给出文件名。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be written (it is no folder): choose the name of a folder.</source>
        <extracomment>core/files.py</extracomment>
        <translation>“{path}”无法写入（它不是文件夹）：请给出文件夹名。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be written in &apos;{nearest}&apos; ({reason}): choose another folder or a shorter name.</source>
        <extracomment>core/files.py</extracomment>
        <translation>“{path}”无法写入“{nearest}”（{reason}）：请另选文件夹或取较短的名称。</translation>
    </message>
    <message>
        <source>it is no file</source>
        <extracomment>core/files.py</extracomment>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>kriging with the backend &apos;numba&apos;</source>
        <extracomment>core/lst/kriging.py</extracomment>
        <translation>使用后端“numba”的克里格插值</translation>
    </message>
    <message>
        <source>The variogram model &apos;{model}&apos; cannot be fitted by moments: choose one of {models}, or the fit by likelihood.</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>变异函数模型“{model}”不能用矩法拟合：请从 {models} 中选择，或用似然法拟合。</translation>
    </message>
    <message>
        <source>sill {sill:.3g} K², range {length} km</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>基台值 {sill:.3g} K²，变程 {length} km</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos;</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>表“{name}”</translation>
    </message>
    <message>
        <source>Area [km²]</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>面积 [km²]</translation>
    </message>
    <message>
        <source>Class</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>类别</translation>
    </message>
    <message>
        <source>Measure</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>指标</translation>
    </message>
    <message>
        <source>Measures</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>指标</translation>
    </message>
    <message>
        <source>Prevalence</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>占比</translation>
    </message>
    <message>
        <source>s.e.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>标准误</translation>
    </message>
    <message>
        <source>s.e. [km²]</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>标准误 [km²]</translation>
    </message>
    <message>
        <source>Maximum [m]</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>最大值 [m]</translation>
    </message>
    <message>
        <source>Minimum [m]</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>最小值 [m]</translation>
    </message>
    <message>
        <source>specified</source>
        <extracomment>core/reports/activelayer.py</extracomment>
        <translation>指定</translation>
    </message>
    <message>
        <source>District</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>行政区</translation>
    </message>
    <message>
        <source>Share [%]</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>比例 [%]</translation>
    </message>
    <message>
        <source>Bias [K]</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>偏差 [K]</translation>
    </message>
    <message>
        <source>CRPS [K]</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>CRPS [K]</translation>
    </message>
    <message>
        <source>Cells</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>像元数</translation>
    </message>
    <message>
        <source>Coverage</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>MAE [K]</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>平均绝对误差 [K]</translation>
    </message>
    <message>
        <source>RMSE [K]</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>RMSE [K]</translation>
    </message>
    <message>
        <source>RMSE {name} [K]</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>RMSE {name} [K]</translation>
    </message>
    <message>
        <source>cells under the shapes of clouds</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>云形覆盖的像元</translation>
    </message>
    <message>
        <source>single cells at random</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>随机的单个像元</translation>
    </message>
    <message>
        <source>{name} (requested)</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>{name}（所选）</translation>
    </message>
    <message>
        <source>MAGT [°C]</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>MAGT [°C]</translation>
    </message>
    <message>
        <source>Mapped</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>图上</translation>
    </message>
    <message>
        <source>Observed</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>实测</translation>
    </message>
    <message>
        <source>Points</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>点数</translation>
    </message>
    <message>
        <source>TTOP − MAGT [K]</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>TTOP − MAGT [K]</translation>
    </message>
    <message>
        <source>Temperature</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>温度</translation>
    </message>
    <message>
        <source>Fold</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>折</translation>
    </message>
    <message>
        <source>Kappa</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>Kappa 系数</translation>
    </message>
    <message>
        <source>Kappa, single r_k</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>Kappa 系数，单一 r_k</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Permafrost [%]</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>多年冻土 [%]</translation>
    </message>
    <message>
        <source>Repeat</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>重复</translation>
    </message>
    <message>
        <source>Single r_k</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>单一 r_k</translation>
    </message>
    <message>
        <source>Single r_k of the other folds</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>其余各折的单一 r_k</translation>
    </message>
    <message>
        <source>Single r_k, all cells</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>单一 r_k，全部像元</translation>
    </message>
    <message>
        <source>Single r_k, held out</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>单一 r_k，留出</translation>
    </message>
    <message>
        <source>r_k by class</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>按类别取 r_k</translation>
    </message>
    <message>
        <source>r_k by class, all cells</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>按类别取 r_k，全部像元</translation>
    </message>
    <message>
        <source>r_k by class, held out</source>
        <extracomment>core/reports/calibraterk.py</extracomment>
        <translation>按类别取 r_k，留出</translation>
    </message>
    <message>
        <source>Permafrost [km²]</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>多年冻土 [km²]</translation>
    </message>
    <message>
        <source>Sum</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>合计</translation>
    </message>
    <message>
        <source>Window</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>时段</translation>
    </message>
    <message>
        <source>Total</source>
        <extracomment>core/reports/charts.py</extracomment>
        <translation>合计</translation>
    </message>
    <message>
        <source>{estimate} ({low} to {high})</source>
        <extracomment>core/reports/charts.py</extracomment>
        <translation>{estimate}（{low} 至 {high}）</translation>
    </message>
    <message>
        <source>unknown</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>未知</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>算法</translation>
    </message>
    <message>
        <source>Figure</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>指标</translation>
    </message>
    <message>
        <source>Parameters</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>参数</translation>
    </message>
    <message>
        <source>Remark</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>备注</translation>
    </message>
    <message>
        <source>Result</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>结果</translation>
    </message>
    <message>
        <source>Step</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Steps</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Value</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>值</translation>
    </message>
    <message>
        <source> (exact)</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>（精确）</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>95% 区间</translation>
    </message>
    <message>
        <source>Allocation</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>位置</translation>
    </message>
    <message>
        <source>Both</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>均有</translation>
    </message>
    <message>
        <source>Neither</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>均无</translation>
    </message>
    <message>
        <source>Quantity</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>数量</translation>
    </message>
    <message>
        <source>Rule</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>规则</translation>
    </message>
    <message>
        <source>p (Holm)</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>p (Holm)</translation>
    </message>
    <message>
        <source>Fallback</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>替代方式</translation>
    </message>
    <message>
        <source>Fallbacks</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>替代方式</translation>
    </message>
    <message>
        <source>Far</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>远离</translation>
    </message>
    <message>
        <source>Filled</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>已插补</translation>
    </message>
    <message>
        <source>Gaps [%]</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>缺测 [%]</translation>
    </message>
    <message>
        <source>Remaining</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>剩余</translation>
    </message>
    <message>
        <source>Slope [K/km]</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>斜率 [K/km]</translation>
    </message>
    <message>
        <source>Variograms</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>变异函数</translation>
    </message>
    <message>
        <source>none</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>无</translation>
    </message>
    <message>
        <source>scene</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>影像序号</translation>
    </message>
    <message>
        <source>Cross-validation with random folds gave {random}; leaving stations out gave {station}.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>随机分折交叉验证得 {random}；逐站留一得 {station}。</translation>
    </message>
    <message>
        <source>DJF</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>冬 (DJF)</translation>
    </message>
    <message>
        <source>Daily mean ground surface temperature was regressed on {predictors} by {regression} with standardised predictors {within}, using {rows} station-days from {stations} stations.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>以{regression}将日平均地面温度对 {predictors} 回归，自变量{within}标准化，使用 {stations} 个站点的 {rows} 个站日。</translation>
    </message>
    <message>
        <source>Highest</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>最大</translation>
    </message>
    <message>
        <source>JJA</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>夏 (JJA)</translation>
    </message>
    <message>
        <source>Lowest</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>最小</translation>
    </message>
    <message>
        <source>MAM</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>春 (MAM)</translation>
    </message>
    <message>
        <source>Mean</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>平均</translation>
    </message>
    <message>
        <source>Predictor</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>自变量</translation>
    </message>
    <message>
        <source>RMSE, {validation}</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>RMSE，{validation}</translation>
    </message>
    <message>
        <source>RMSE, {validation} [K]</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>RMSE，{validation} [K]</translation>
    </message>
    <message>
        <source>Rows</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>行数</translation>
    </message>
    <message>
        <source>R², {validation}</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>R²，{validation}</translation>
    </message>
    <message>
        <source>SON</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>秋 (SON)</translation>
    </message>
    <message>
        <source>Scores by season, with {station} and, in the last two columns, with {random}.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>各季节的评分：{station}，最后两列为{random}。</translation>
    </message>
    <message>
        <source>Scores by station, with {station} and, in the last two columns, with {random}.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>各站点的评分：{station}，最后两列为{random}。</translation>
    </message>
    <message>
        <source>Season</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>季节</translation>
    </message>
    <message>
        <source>The penalty of {alpha} was chosen by {folds}-fold cross-validation.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>惩罚系数 {alpha} 由 {folds} 折交叉验证选定。</translation>
    </message>
    <message>
        <source>The penalty was chosen by {folds}-fold cross-validation.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>惩罚系数由 {folds} 折交叉验证选定。</translation>
    </message>
    <message>
        <source>Validation</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>验证</translation>
    </message>
    <message>
        <source>ordinary least squares</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>普通最小二乘</translation>
    </message>
    <message>
        <source>random folds</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>随机分折</translation>
    </message>
    <message>
        <source>ridge regression</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>岭回归</translation>
    </message>
    <message>
        <source>s.d.</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>标准差</translation>
    </message>
    <message>
        <source>stations left out</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>逐站留一</translation>
    </message>
    <message>
        <source>{predictors} and harmonics of the day of the year</source>
        <extracomment>core/reports/fitgstmodel.py</extracomment>
        <translation>{predictors} 及年周期谐波</translation>
    </message>
    <message>
        <source>Range [km]</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>变程 [km]</translation>
    </message>
    <message>
        <source>distance [km]</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>距离 [km]</translation>
    </message>
    <message>
        <source>fitted</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>拟合</translation>
    </message>
    <message>
        <source>semivariance [K²]</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>半方差 [K²]</translation>
    </message>
    <message>
        <source>undefined</source>
        <extracomment>core/reports/numbers.py</extracomment>
        <translation>无定义</translation>
    </message>
    <message>
        <source>Figure {number}.</source>
        <extracomment>core/reports/report.py</extracomment>
        <translation>图 {number}.</translation>
    </message>
    <message>
        <source>References</source>
        <extracomment>core/reports/report.py</extracomment>
        <translation>参考文献</translation>
    </message>
    <message>
        <source>Table of {count} rows</source>
        <extracomment>core/reports/report.py</extracomment>
        <translation>{count} 行的表</translation>
    </message>
    <message>
        <source>Table {number}.</source>
        <extracomment>core/reports/report.py</extracomment>
        <translation>表 {number}.</translation>
    </message>
    <message>
        <source>an encoding of one byte per character, such as Windows-1252 or Latin-1</source>
        <extracomment>core/textfile.py</extracomment>
        <translation>单字节编码，如 Windows-1252 或 Latin-1</translation>
    </message>
    <message>
        <source>{what} is not in UTF-8 and seems to be in {encoding} (line {line}): save it as UTF-8, which spreadsheets call &apos;CSV UTF-8&apos; and editors offer under &apos;Save as&apos;.</source>
        <extracomment>core/textfile.py</extracomment>
        <translation>{what}不是 UTF-8 编码，似乎是 {encoding}（第 {line} 行）：请另存为 UTF-8，在电子表格软件中称为“CSV UTF-8”，在编辑器的“另存为”中可选。</translation>
    </message>
    <message>
        <source>likelihood: Vecchia&apos;s approximate likelihood, which uses the short lags on which interpolation depends. moments: least squares on the empirical variogram of random cells, with the results of PyKrige.</source>
        <extracomment>permafrost:assessgapfilling</extracomment>
        <translation>likelihood：Vecchia 近似似然，利用插值所依赖的短滞后距。moments：对随机像元的经验变异函数作最小二乘拟合，结果与 PyKrige 相同。</translation>
    </message>
    <message>
        <source>MOD21A1D</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>MOD21A1D</translation>
    </message>
    <message>
        <source>MODIS and VIIRS: daily 11A1 and 21A1</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>MODIS 和 VIIRS：逐日 11A1 和 21A1</translation>
    </message>
    <message>
        <source>Reads TRIMS GeoTIFFs, granules of MODIS (MOD11A1, MYD11A1, MOD21A1, MYD21A1; HDF4) and VIIRS (VNP21A1, VJ121A1, VJ221A1; HDF5) as delivered, several tiles a day, or exported to GeoTIFF, or files of any other product, given a pattern of their names. Fill values and, for MODIS and VIIRS, cells whose quality bits state a larger error than is accepted are removed before anything is scaled or resampled. The scenes of a day are mosaicked, cut to the extent or the basin, resampled to the grid and written as hundredths of a degree Celsius. Without a grid or an extent the cells of the scenes are kept as they are.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>读取 TRIMS 的 GeoTIFF，MODIS（MOD11A1、MYD11A1、MOD21A1、MYD21A1；HDF4）和 VIIRS（VNP21A1、VJ121A1、VJ221A1；HDF5）的原始分幅文件（每日多个分幅）或导出的 GeoTIFF，或者按给定文件名模式读取任何其他产品的文件。在缩放和重采样之前，先剔除填充值，对 MODIS 和 VIIRS 还剔除质量位所示误差超过允许值的像元。同日影像先镶嵌，再裁剪到范围或流域，重采样到格网，以百分之一摄氏度为单位写出。未给出格网或范围时，保持影像原有的像元。</translation>
    </message>
    <message>
        <source>Replaces the pattern of the product. Named parts are {SATELLITE} (Terra, Aqua, MOD, MYD, VNP, VJ1, VJ2), {TIME} (Day, Night, D, N), {YYYY}, {MM} and {DD} or the day of the year {DDD}, and {TILE}; * matches any text and ? any character. Examples: LST_{SATELLITE}_{TIME}_{YYYY}-{MM}-{DD}.tif, or {SATELLITE}11B1.A{YYYY}{DDD}.{TILE}.*.hdf for the product at 6 km.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>取代数据产品的文件名模式。可用的命名部分为 {SATELLITE}（Terra、Aqua、MOD、MYD、VNP、VJ1、VJ2）、{TIME}（Day、Night、D、N）、{YYYY}、{MM} 和 {DD} 或年内日序 {DDD}，以及 {TILE}；* 匹配任意文本，? 匹配任意一个字符。例如：LST_{SATELLITE}_{TIME}_{YYYY}-{MM}-{DD}.tif，或用于 6 km 产品的 {SATELLITE}11B1.A{YYYY}{DDD}.{TILE}.*.hdf。</translation>
    </message>
    <message>
        <source>VIIRS</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>VIIRS</translation>
    </message>
    <message>
        <source>VJ121A1D</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>VJ121A1D</translation>
    </message>
    <message>
        <source>VNP21A1D</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>VNP21A1D</translation>
    </message>
    <message>
        <source>trims: files such as TRIMS_Terra2005001D.tif, in hundredths of a K, 0 is missing. modis: MODIS and VIIRS, in fiftieths of a K, 0 is missing. MOD11A1 and MYD11A1 as granules (.hdf) or as exported layers with LST_Day_1km or LST_Night_1km in their names, as AppEEARS, MODIStsp and Earth Engine name them; MOD21A1, MYD21A1 (.hdf), VNP21A1, VJ121A1 and VJ221A1 (.h5) as granules or from AppEEARS. VIIRS counts as Aqua, since it passes at the same times; put only one product of each overpass into the folder. custom: files named like PATTERN; scale, offset and nodata are read from the files.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>trims：TRIMS_Terra2005001D.tif 之类的文件，单位为百分之一 K，0 为缺测。modis：MODIS 和 VIIRS，单位为五十分之一 K，0 为缺测。MOD11A1 和 MYD11A1 可为分幅文件 (.hdf)，也可为名称中含 LST_Day_1km 或 LST_Night_1km 的导出图层（AppEEARS、MODIStsp 和 Earth Engine 的命名方式）；MOD21A1、MYD21A1 (.hdf)、VNP21A1、VJ121A1 和 VJ221A1 (.h5) 可为分幅文件，也可由 AppEEARS 获取。VIIRS 归为 Aqua，因为两者过境时刻相同；文件夹中每种过境只放一种产品。custom：文件名符合 PATTERN 的文件；缩放系数、偏移量和无数据值从文件读取。</translation>
    </message>
    <message>
        <source>deg</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>度</translation>
    </message>
    <message>
        <source>map units</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>地图单位</translation>
    </message>
    <message>
        <source>Granule &apos;{name}&apos; does not state where its cells are: download it again, or export it to GeoTIFF.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>分幅文件“{name}”没有说明其像元的位置：请重新下载，或导出为 GeoTIFF。</translation>
    </message>
    <message>
        <source>Granule &apos;{name}&apos; holds no layer {layer}: download it again.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>分幅文件“{name}”没有图层 {layer}：请重新下载。</translation>
    </message>
    <message>
        <source>Granule &apos;{name}&apos; is {format}, which this GDAL cannot read: let AppEEARS export the layers {layers} to GeoTIFF, and choose the folder of the exports.</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>分幅文件“{name}”为 {format} 格式，本机的 GDAL 无法读取：请用 AppEEARS 将图层 {layers} 导出为 GeoTIFF，并选择导出所在的文件夹。</translation>
    </message>
    <message>
        <source>{label} after</source>
        <extracomment>raster/publish/preview.py</extracomment>
        <translation>{label}，插补后</translation>
    </message>
    <message>
        <source>{label} before</source>
        <extracomment>raster/publish/preview.py</extracomment>
        <translation>{label}，插补前</translation>
    </message>
    <message>
        <source>a run on a cluster</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>在集群上运行</translation>
    </message>
    <message>
        <source>True DDF</source>
        <extracomment>raster/simulate/sample.py</extracomment>
        <translation>真实 DDF</translation>
    </message>
    <message>
        <source>True DDT</source>
        <extracomment>raster/simulate/sample.py</extracomment>
        <translation>真实 DDT</translation>
    </message>
    <message>
        <source>True TTOP</source>
        <extracomment>raster/simulate/sample.py</extracomment>
        <translation>真实 TTOP</translation>
    </message>
    <message>
        <source>True permafrost</source>
        <extracomment>raster/simulate/sample.py</extracomment>
        <translation>真实多年冻土</translation>
    </message>
    <message>
        <source>True r_k</source>
        <extracomment>raster/simulate/sample.py</extracomment>
        <translation>真实 r_k</translation>
    </message>
    <message>
        <source>Permafrost covers {permafrost}, {percent:.1f} % of {total}.</source>
        <extracomment>algorithms/assess/areastatistics.py</extracomment>
        <translation>多年冻土面积 {permafrost}，占 {total} 的 {percent:.1f}%。</translation>
    </message>
    <message>
        <source>GST model &apos;{name}&apos; states no daily errors at stations left out: switch RESIDUAL_VARIANCE off, or fit the model again.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>GST 模型“{name}”没有留出站点的逐日误差：请关闭 RESIDUAL_VARIANCE，或重新拟合模型。</translation>
    </message>
    <message>
        <source>RESIDUAL_VARIANCE is on with GST stacks, and the variance is that of a model: switch it off, or give the model and LST stacks.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>使用 GST 影像序列时开启了 RESIDUAL_VARIANCE，而该方差属于模型：请将其关闭，或给出模型和 LST 影像序列。</translation>
    </message>
    <message>
        <source>Residual variance: daily temperatures are taken as normal about the predictions with a standard deviation of {daily_sd:.2f} K.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>残差方差：日温度视为以预测值为中心、标准差为 {daily_sd:.2f} K 的正态分布。</translation>
    </message>
    <message>
        <source>Freezing degree days of the ground surface (DDF)</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>地面冻结指数 (DDF)</translation>
    </message>
    <message>
        <source>Permafrost zones.</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>多年冻土分区。</translation>
    </message>
    <message>
        <source>Temperature at the top of permafrost (TTOP)</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>多年冻土顶板温度 (TTOP)</translation>
    </message>
    <message>
        <source>Thawing degree days of the ground surface (DDT)</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>地面融化指数 (DDT)</translation>
    </message>
    <message>
        <source>glacier, lake or another class that is not compared</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>冰川、湖泊或其他不参与比较的类别</translation>
    </message>
    <message>
        <source>no value in the map</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>图上无值</translation>
    </message>
    <message>
        <source>used</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>已使用</translation>
    </message>
    <message>
        <source>April</source>
        <extracomment>core/period.py</extracomment>
        <translation>4 月</translation>
    </message>
    <message>
        <source>August</source>
        <extracomment>core/period.py</extracomment>
        <translation>8 月</translation>
    </message>
    <message>
        <source>December</source>
        <extracomment>core/period.py</extracomment>
        <translation>12 月</translation>
    </message>
    <message>
        <source>February</source>
        <extracomment>core/period.py</extracomment>
        <translation>2 月</translation>
    </message>
    <message>
        <source>January</source>
        <extracomment>core/period.py</extracomment>
        <translation>1 月</translation>
    </message>
    <message>
        <source>July</source>
        <extracomment>core/period.py</extracomment>
        <translation>7 月</translation>
    </message>
    <message>
        <source>June</source>
        <extracomment>core/period.py</extracomment>
        <translation>6 月</translation>
    </message>
    <message>
        <source>March</source>
        <extracomment>core/period.py</extracomment>
        <translation>3 月</translation>
    </message>
    <message>
        <source>May</source>
        <extracomment>core/period.py</extracomment>
        <translation>5 月</translation>
    </message>
    <message>
        <source>November</source>
        <extracomment>core/period.py</extracomment>
        <translation>11 月</translation>
    </message>
    <message>
        <source>October</source>
        <extracomment>core/period.py</extracomment>
        <translation>10 月</translation>
    </message>
    <message>
        <source>September</source>
        <extracomment>core/period.py</extracomment>
        <translation>9 月</translation>
    </message>
    <message>
        <source>{first_month} {first_year} to {last_month} {last_year}</source>
        <extracomment>core/period.py</extracomment>
        <translation>{first_year} 年 {first_month}至 {last_year} 年 {last_month}</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <extracomment>core/period.py</extracomment>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>GST model &apos;{name}&apos; was validated at {size} stations, which count as {effective:.1f} by their days, too few to estimate its error elsewhere: specify the error of the ground surface temperature in K.</source>
        <extracomment>core/permafrost/probability.py</extracomment>
        <translation>GST 模型“{name}”在 {size} 个站点上验证过，按其天数只相当于 {effective:.1f} 个，不足以估计它在别处的误差：请以 K 为单位指定地面温度的误差。</translation>
    </message>
    <message>
        <source>result of an earlier step</source>
        <extracomment>core/publish/steps.py</extracomment>
        <translation>前一步骤的结果</translation>
    </message>
    <message>
        <source> Adjusted for the stratified sampling (Olofsson et al. 2014), overall accuracy is {oa} (standard error {oa_se}) and permafrost covers {area} (standard error {area_se}).</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>经分层抽样校正（Olofsson et al. 2014），总体精度为 {oa}（标准误 {oa_se}），多年冻土面积为 {area}（标准误 {area_se}）。</translation>
    </message>
    <message>
        <source> The 95 % interval of kappa, {low} to {high}, assumes independent cells and is too narrow.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>Kappa 系数的 95% 区间 {low} 至 {high} 假定像元独立，偏窄。</translation>
    </message>
    <message>
        <source>95 % interval {low} to {high}, block bootstrap</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>95% 区间 {low} 至 {high}，分块自助法</translation>
    </message>
    <message>
        <source>95 % interval {low} to {high}, too narrow: it assumes independent cells</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>95% 区间 {low} 至 {high}，偏窄：假定像元独立</translation>
    </message>
    <message>
        <source>Kappa with 95 % intervals of the block bootstrap, per region.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>各区域的 Kappa 系数及其分块自助法的 95% 区间。</translation>
    </message>
    <message>
        <source>The permafrost map was compared with {reference_name} on {total} cells, of which {share} % are permafrost in the reference. Overall accuracy is {oa} and Cohen&apos;s kappa {kappa}; user&apos;s and producer&apos;s accuracy of permafrost are {users_accuracy} and {producers_accuracy}.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>多年冻土图与{reference_name}在 {total} 个像元上比较，其中参考数据为多年冻土的占 {share}%。总体精度为 {oa}，Kappa 系数为 {kappa}；多年冻土的用户精度和制图精度分别为 {users_accuracy} 和 {producers_accuracy}。</translation>
    </message>
    <message>
        <source>all of the reference that can be compared</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>参考数据中可比较的全部像元</translation>
    </message>
    <message>
        <source>of {total} in the reference; in the other {unmapped} the map has glaciers, lakes or no value</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>参考数据共 {total} 个；其余 {unmapped} 个在图上为冰川、湖泊或无值</translation>
    </message>
    <message>
        <source>the permafrost map</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>多年冻土图</translation>
    </message>
    <message>
        <source>the reference</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>参考数据</translation>
    </message>
    <message>
        <source>{map_name} was compared with {reference_name} cell by cell. Kappa is the agreement beyond what would be expected by chance with the same shares of permafrost.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>{map_name}与{reference_name}逐像元比较。Kappa 系数是超出相同多年冻土占比下随机期望的一致性。</translation>
    </message>
    <message>
        <source>The areas of the classes of the permafrost map are the sums of the areas of their cells on the ellipsoid of its CRS: {parts}.</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>多年冻土图各类别的面积是其像元在 CRS 椭球面上的面积之和：{parts}。</translation>
    </message>
    <message>
        <source>The areas of the classes of {name} are the sums of the areas of their cells on the ellipsoid of its CRS: {parts}.</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>{name}各类别的面积是其像元在 CRS 椭球面上的面积之和：{parts}。</translation>
    </message>
    <message>
        <source>The map.</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>图。</translation>
    </message>
    <message>
        <source>the map</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>图</translation>
    </message>
    <message>
        <source>{percent} % of the mapped area</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>占制图面积的 {percent}%</translation>
    </message>
    <message>
        <source>Coverage (requested trend) [%]</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>覆盖率（所选趋势）[%]</translation>
    </message>
    <message>
        <source>Coverage [%]</source>
        <extracomment>core/reports/assessgapfilling.py</extracomment>
        <translation>覆盖率 [%]</translation>
    </message>
    <message>
        <source>95 % interval {low} to {high}, boreholes</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>95% 区间 {low} 至 {high}，钻孔</translation>
    </message>
    <message>
        <source>Permafrost by {model} was compared with observations, {observed}, in {total} cells, of which {prevalence:.0f} % have permafrost. Overall accuracy is {oa} and Cohen&apos;s kappa {kappa} (95 % interval {low} to {high}, assuming independent observations).</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>按{model}的多年冻土与观测（{observed}）在 {total} 个像元上比较，其中 {prevalence:.0f}% 有多年冻土。总体精度为 {oa}，Kappa 系数为 {kappa}（95% 区间 {low} 至 {high}，假定观测独立）。</translation>
    </message>
    <message>
        <source>Several points in one cell are one observation: the mean of their temperatures, and their presence where they agree.</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>同一像元内的多个点作为一个观测：温度取平均，有无多年冻土须一致。</translation>
    </message>
    <message>
        <source>TTOP at {threshold:g} °C or below</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>TTOP 不高于 {threshold:g} °C</translation>
    </message>
    <message>
        <source>What became of the points</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>各点的使用情况</translation>
    </message>
    <message>
        <source>in {total} cells</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>在 {total} 个像元中</translation>
    </message>
    <message>
        <source>mean absolute error {mae} K</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>平均绝对误差 {mae} K</translation>
    </message>
    <message>
        <source>Cells with a TTOP of {threshold} °C or less are permafrost; cells at least half covered by lake or glacier are classified as such.</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>TTOP 不高于 {threshold} °C 的像元为多年冻土；湖泊或冰川覆盖至少一半的像元归为湖泊或冰川。</translation>
    </message>
    <message>
        <source>Daily ground surface temperatures were summed to thawing (DDT) and freezing (DDF) degree days of each year from {month} on ({missing}), and the mean over the years was taken.</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>将逐日地面温度累加为自 {month}起的各年度的融化指数 (DDT) 和冻结指数 (DDF)（{missing}），再取各年平均。</translation>
    </message>
    <message>
        <source>Degree days include the residual variance of the GST model, by the expectation of a normal temperature above and below 0 °C (Calov and Greve 2005).</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>冻融指数计入了 GST 模型的残差方差，按正态分布的温度在 0 °C 以上和以下的期望值计算（Calov and Greve 2005）。</translation>
    </message>
    <message>
        <source>The probability of permafrost is the share of {members} ensemble members with permafrost; the members differ by a bias of the ground surface temperature, as large as that at stations left out, and by r_k with a standard deviation of {r_k_sd}.</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>多年冻土概率是 {members} 个集合成员中有多年冻土者的比例；成员之间的差别在于地面温度的偏差（与留出站点的偏差相当）和 r_k（标准差 {r_k_sd}）。</translation>
    </message>
    <message>
        <source>The ratio r_k of thawed to frozen thermal conductivity was assigned by land cover class ({table}).</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>融化与冻结状态导热系数之比 r_k 按土地覆盖类别赋值（{table}）。</translation>
    </message>
    <message>
        <source>The temperature at the top of permafrost is TTOP = (r_k DDT - DDF) / P where DDF &gt;= r_k DDT, and (DDT - DDF / r_k) / P elsewhere, with P = {days} days (Smith and Riseborough 2002).</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>多年冻土顶板温度在 DDF &gt;= r_k DDT 处为 TTOP = (r_k DDT - DDF) / P，其余为 (DDT - DDF / r_k) / P，其中 P = {days} 天（Smith and Riseborough 2002）。</translation>
    </message>
    <message>
        <source>an unknown month</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>未知月份</translation>
    </message>
    <message>
        <source>by a list of classes</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>按类别列表</translation>
    </message>
    <message>
        <source>by a table of its own</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>按自备的表</translation>
    </message>
    <message>
        <source>classes of ESA CCI</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>ESA CCI 的类别</translation>
    </message>
    <message>
        <source>classes of IGBP</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>IGBP 的类别</translation>
    </message>
    <message>
        <source>missing days have the mean of their month</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>缺测日取其所在月的平均</translation>
    </message>
    <message>
        <source>missing days were left out</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>缺测日不计</translation>
    </message>
    <message>
        <source>missing days were taken from annual and semi-annual waves</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>缺测日取自年波与半年波</translation>
    </message>
    <message>
        <source>missing days: {token}</source>
        <extracomment>core/reports/combined.py</extracomment>
        <translation>缺测日：{token}</translation>
    </message>
    <message>
        <source>90 % interval {low} to {high} (ensemble); {said}</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>90% 区间 {low} 至 {high}（集合）；{said}</translation>
    </message>
    <message>
        <source>Aqua by day</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>Aqua 白天</translation>
    </message>
    <message>
        <source>Aqua by night</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>Aqua 夜间</translation>
    </message>
    <message>
        <source>Area of permafrost</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>多年冻土面积</translation>
    </message>
    <message>
        <source>Cell</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>像元</translation>
    </message>
    <message>
        <source>Data: {data}.</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>数据：{data}。</translation>
    </message>
    <message>
        <source>How the map was made, in order, with the parameters of scripts.</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>制图步骤，按顺序排列，附脚本所用的参数。</translation>
    </message>
    <message>
        <source>Terra by day</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>Terra 白天</translation>
    </message>
    <message>
        <source>Terra by night</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>Terra 夜间</translation>
    </message>
    <message>
        <source>daily ground surface temperature</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>逐日地面温度</translation>
    </message>
    <message>
        <source>degree days of the ground surface {ddt} and {ddf}</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>地面冻融指数{ddt}和{ddf}</translation>
    </message>
    <message>
        <source>glaciers {name}</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>冰川{name}</translation>
    </message>
    <message>
        <source>ground surface temperature at stations</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>站点地面温度</translation>
    </message>
    <message>
        <source>lakes {name}</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>湖泊{name}</translation>
    </message>
    <message>
        <source>land cover {name}</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>土地覆盖{name}</translation>
    </message>
    <message>
        <source>land surface temperature of {given}</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>{given}的地表温度</translation>
    </message>
    <message>
        <source>of an earlier step</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>前一步骤</translation>
    </message>
    <message>
        <source>of the degree days</source>
        <extracomment>core/reports/combinereports.py</extracomment>
        <translation>来自冻融指数</translation>
    </message>
    <message>
        <source>Maps by kappa. Its interval is that of the block bootstrap; without a bootstrap it assumes independent cells and is too narrow. Quantity and allocation disagreement sum to 1 − OA.</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>各图按 Kappa 系数排列。其区间来自分块自助法；没有自助法时假定像元独立，偏窄。数量不一致与位置不一致之和为 1 − OA。</translation>
    </message>
    <message>
        <source>{name}; 95 % interval {low} to {high}</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>{name}；95% 区间 {low} 至 {high}</translation>
    </message>
    <message>
        <source>Single cells have known neighbours on all sides, so these scores are optimistic: &apos;Assess gap filling&apos; withholds whole clouds instead. Coverage should be between 93 and 97 %.</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>单个像元四周均有有值的邻近点，因此这些评分偏于乐观：“评价缺测插补”则留出整片云区。覆盖率应在 93% 至 97% 之间。</translation>
    </message>
    <message>
        <source>the stack</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>影像序列</translation>
    </message>
    <message>
        <source>{method} In cross-validation at single known cells of {name} the mean error was {bias} K, the RMSE {rmse} K and the CRPS {crps} K, and nominal 95 % intervals covered {coverage} % of the values (means over scenes).</source>
        <extracomment>core/reports/filllstgaps.py</extracomment>
        <translation>{method}在{name}的单个有值像元上交叉验证，平均误差为 {bias} K，RMSE 为 {rmse} K，CRPS 为 {crps} K，名义 95% 区间覆盖 {coverage}% 的值（各景平均）。</translation>
    </message>
    <message>
        <source>elevation</source>
        <extracomment>core/reports/wording.py</extracomment>
        <translation>高程</translation>
    </message>
    <message>
        <source>land surface temperature ({overpasses})</source>
        <extracomment>core/reports/wording.py</extracomment>
        <translation>地表温度（{overpasses}）</translation>
    </message>
    <message>
        <source>{satellite} by day</source>
        <extracomment>core/reports/wording.py</extracomment>
        <translation>{satellite} 白天</translation>
    </message>
    <message>
        <source>{satellite} by night</source>
        <extracomment>core/reports/wording.py</extracomment>
        <translation>{satellite} 夜间</translation>
    </message>
    <message>
        <source>{what} holds a byte 0 in line {line}, which no text does: the file is damaged or no text, so choose another one.</source>
        <extracomment>core/textfile.py</extracomment>
        <translation>{what}第 {line} 行含有文本中不会有的字节 0：文件已损坏或不是文本，请另选文件。</translation>
    </message>
    <message>
        <source>LST stack, Aqua day</source>
        <extracomment>models</extracomment>
        <translation>LST 影像序列，Aqua 白天</translation>
    </message>
    <message>
        <source>LST stack, Aqua night</source>
        <extracomment>models</extracomment>
        <translation>LST 影像序列，Aqua 夜间</translation>
    </message>
    <message>
        <source>LST stack, Terra day</source>
        <extracomment>models</extracomment>
        <translation>LST 影像序列，Terra 白天</translation>
    </message>
    <message>
        <source>LST stack, Terra night</source>
        <extracomment>models</extracomment>
        <translation>LST 影像序列，Terra 夜间</translation>
    </message>
    <message>
        <source>Makes a permafrost map from degree days of the ground surface.</source>
        <extracomment>models</extracomment>
        <translation>由地面冻融指数制作多年冻土图。</translation>
    </message>
    <message>
        <source>Makes a permafrost map from degree days of the ground surface: r_k from land cover, TTOP, the map with glaciers and lakes, its areas, its accuracy where a survey map is given, and one report of all steps. All layers are aligned to the grid of the thawing degree days.</source>
        <extracomment>models</extracomment>
        <translation>由地面冻融指数制作多年冻土图：由土地覆盖得到 r_k，计算 TTOP，制作含冰川和湖泊的图，统计面积，在给出调查图时评价精度，并把所有步骤汇成一份报告。所有图层均对齐到融化指数的格网。</translation>
    </message>
    <message>
        <source>Makes a permafrost map from four land surface temperatures a day.</source>
        <extracomment>models</extracomment>
        <translation>由每日四次过境的地表温度制作多年冻土图。</translation>
    </message>
    <message>
        <source>https://github.com/permafrost-mapper/permafrost-mapper/blob/main/docs/reference/permafrost_map_from_LST.md</source>
        <extracomment>models</extracomment>
        <translation>https://github.com/permafrost-mapper/permafrost-mapper/blob/main/docs/reference/permafrost_map_from_LST.md</translation>
    </message>
    <message>
        <source>https://github.com/permafrost-mapper/permafrost-mapper/blob/main/docs/reference/permafrost_map_from_degree_days.md</source>
        <extracomment>models</extracomment>
        <translation>https://github.com/permafrost-mapper/permafrost-mapper/blob/main/docs/reference/permafrost_map_from_degree_days.md</translation>
    </message>
    <message>
        <source>Kappa, independent cells, 2.5 %</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>Kappa 系数，假定像元独立，2.5% 分位</translation>
    </message>
    <message>
        <source>Kappa, independent cells, 97.5 %</source>
        <extracomment>permafrost:accuracy</extracomment>
        <translation>Kappa 系数，假定像元独立，97.5% 分位</translation>
    </message>
    <message>
        <source>Mean annual ground temperature, MAGT [°C] (or permafrost observed)</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>年平均地温 MAGT [°C]（或实测的多年冻土）</translation>
    </message>
    <message>
        <source>Permafrost map (or TTOP, or both)</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>多年冻土图（或 TTOP，或两者）</translation>
    </message>
    <message>
        <source>Permafrost observed (or MAGT)</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>实测的多年冻土（或 MAGT）</translation>
    </message>
    <message>
        <source>TTOP [°C] (or a permafrost map, or both)</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>TTOP [°C]（或多年冻土图，或两者）</translation>
    </message>
    <message>
        <source>Permafrost maps (or TTOP per year)</source>
        <extracomment>permafrost:change</extracomment>
        <translation>多年冻土图（或逐年 TTOP）</translation>
    </message>
    <message>
        <source>TTOP per year [°C] (or permafrost maps)</source>
        <extracomment>permafrost:change</extracomment>
        <translation>逐年 TTOP [°C]（或多年冻土图）</translation>
    </message>
    <message>
        <source>Two or more maps with the classes of &apos;Permafrost map&apos;, in chronological order.</source>
        <extracomment>permafrost:change</extracomment>
        <translation>两幅或更多具有“多年冻土图”类别的图，按时间顺序排列。</translation>
    </message>
    <message>
        <source>From &apos;Probability of permafrost&apos;. Shown after the map, where the map has a class; its metadata hold the interval of the area.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>来自“多年冻土概率”。置于多年冻土图之后，只显示图上有类别之处；其元数据含面积的区间。</translation>
    </message>
    <message>
        <source>Shown after these.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>置于上述图之后。</translation>
    </message>
    <message>
        <source>Shown after these; from &apos;TTOP&apos;.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>置于上述图之后；来自“TTOP”。</translation>
    </message>
    <message>
        <source>Shown last; from &apos;Probability of permafrost&apos;.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>置于最后；来自“多年冻土概率”。</translation>
    </message>
    <message>
        <source>The combined report begins with the area of permafrost, its interval where a probability is given, kappa, the period and the size of a cell. Maps follow, then the key figures of all reports, and a methods section made of their sentences and those of the steps that made the map, in the order of the method. The reports become chapters, in the order in which they are given. It ends with these steps, their parameters, and the references of all chapters, each listed once. The file is self-contained.</source>
        <extracomment>permafrost:combinereports</extracomment>
        <translation>综合报告以多年冻土面积、其区间（给出概率时）、Kappa 系数、时段和像元大小开头。接着是各幅图、所有报告的关键数值，以及由各报告和制图步骤的语句按方法顺序组成的方法部分。各报告依给出的顺序成为章节。末尾列出这些步骤及其参数，以及各章的参考文献（每篇只列一次）。文件自成一体，无需其他文件。</translation>
    </message>
    <message>
        <source>Account for the residual variance of the model</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>计入模型的残差方差</translation>
    </message>
    <message>
        <source>GST model (or GST stacks)</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>GST 模型（或 GST 影像序列）</translation>
    </message>
    <message>
        <source>GST stacks (or a GST model with LST stacks)</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>GST 影像序列（或 GST 模型与 LST 影像序列）</translation>
    </message>
    <message>
        <source>Only with a model. DDT and DDF are the expected sums of daily temperatures that are normal about the predictions, with the variance of the daily errors at stations left out, the mean error of each station excepted.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>仅在使用模型时。DDT 和 DDF 取日温度之和的期望值：日温度以预测值为中心服从正态分布，方差为留出站点的逐日误差的方差，不含各站点的平均误差。</translation>
    </message>
    <message>
        <source>Predicted temperatures are conditional means, which vary less than the true ones. Around 0 °C their sums are therefore too small, DDT and DDF by the same amount, and MAGST is not. RESIDUAL_VARIANCE adds what is missing on average, by the expectation of a normal temperature above and below 0 °C.</source>
        <extracomment>permafrost:degreedays</extracomment>
        <translation>预测的温度是条件平均值，变化小于真实温度。因此在 0 °C 附近累加的结果偏小，DDT 和 DDF 偏小的量相同，而 MAGST 不受影响。RESIDUAL_VARIANCE 按正态分布的温度在 0 °C 以上和以下的期望值，补上平均缺少的部分。</translation>
    </message>
    <message>
        <source>From &apos;Probability of permafrost&apos;.</source>
        <extracomment>permafrost:exportproduct</extracomment>
        <translation>来自“多年冻土概率”。</translation>
    </message>
    <message>
        <source>A JSON file from &apos;Fit GST model&apos;. Its error is the root mean square of the biases at the stations, each predicted by a model fitted without it; a station with less than a year of days counts less.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>来自“拟合 GST 模型”的 JSON 文件。其误差为各站点偏差的均方根，每个站点均由未使用该站的模型预测；不足一年的站点权重较小。</translation>
    </message>
    <message>
        <source>Error of the ground surface temperature [K] (or a GST model)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>地面温度的误差 [K]（或 GST 模型）</translation>
    </message>
    <message>
        <source>From &apos;Permafrost map&apos;. Where it is given, probability, zones and areas refer to its permafrost and seasonally frozen ground alone: not to glaciers, lakes and what lies outside of the basin.</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>来自“多年冻土图”。给出时，概率、分区和面积只针对其中的多年冻土和季节冻土，不含冰川、湖泊以及流域以外的部分。</translation>
    </message>
    <message>
        <source>GST model (or an error of the temperature)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>GST 模型（或地面温度的误差）</translation>
    </message>
    <message>
        <source>LST stacks, Aqua day (one overpass at least)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>LST 影像序列，Aqua 白天（四者至少给出其一）</translation>
    </message>
    <message>
        <source>LST stacks, Aqua night (one overpass at least)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>LST 影像序列，Aqua 夜间（四者至少给出其一）</translation>
    </message>
    <message>
        <source>LST stacks, Terra day (one overpass at least)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>LST 影像序列，Terra 白天（四者至少给出其一）</translation>
    </message>
    <message>
        <source>LST stacks, Terra night (one overpass at least)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>LST 影像序列，Terra 夜间（四者至少给出其一）</translation>
    </message>
    <message>
        <source>Land cover (or PFT fraction layers)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>土地覆盖（或 PFT 百分比图层）</translation>
    </message>
    <message>
        <source>PFT fraction layers (or a land cover)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>PFT 百分比图层（或土地覆盖）</translation>
    </message>
    <message>
        <source>Single r_k for all cells (or an r_k raster)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>所有像元的单一 r_k（或 r_k 栅格）</translation>
    </message>
    <message>
        <source>r_k raster (or a single r_k)</source>
        <extracomment>permafrost:permafrost map from LST</extracomment>
        <translation>r_k 栅格（或单一 r_k）</translation>
    </message>
    <message>
        <source>Give the permafrost map as well, so that the interval is that of the area in the map. Glaciers and lakes have no probability then, and neither has what lies outside of the basin.</source>
        <extracomment>permafrost:probability</extracomment>
        <translation>请同时给出多年冻土图，使区间对应图中的面积。此时冰川、湖泊以及流域以外的部分没有概率。</translation>
    </message>
    <message>
        <source>{degrees:.4g}° ({size})</source>
        <extracomment>raster/publish/summary.py</extracomment>
        <translation>{degrees:.4g}°（{size}）</translation>
    </message>
    <message>
        <source>Both GST and GST_MODEL are given: choose GST stacks, or a model with LST stacks.</source>
        <extracomment>algorithms/assess/seriesatpoint.py</extracomment>
        <translation>同时给出了 GST 与 GST_MODEL：请选择 GST 影像序列，或模型与 LST 影像序列。</translation>
    </message>
    <message>
        <source>OBSERVED_{name} is given without {name}: give both, or the stack as {name} alone.</source>
        <extracomment>algorithms/assess/seriesatpoint.py</extracomment>
        <translation>给出了 OBSERVED_{name} 而没有 {name}：请两者都给，或只以 {name} 给出影像序列。</translation>
    </message>
    <message>
        <source>There is nothing to read: give stacks of an overpass, GST stacks, or TTOP.</source>
        <extracomment>algorithms/assess/seriesatpoint.py</extracomment>
        <translation>没有可读取的数据：请给出某次过境的影像序列、GST 影像序列或 TTOP。</translation>
    </message>
    <message>
        <source>{place}: {days} days, of which {filled} values of the overpasses were filled and {missing} are missing; {years} years of TTOP.</source>
        <extracomment>algorithms/assess/seriesatpoint.py</extracomment>
        <translation>{place}：{days} 天，各次过境的值中插补 {filled} 个，缺测 {missing} 个；TTOP {years} 年。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; cannot be drawn: check the size of its cells, and its CRS.</source>
        <extracomment>algorithms/layout/ground.py</extracomment>
        <translation>“{name}”无法绘制：请检查其像元大小和 CRS。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be written: make room or choose another folder.</source>
        <extracomment>algorithms/layout/files.py</extracomment>
        <translation>“{path}”无法写入：请腾出空间或另选文件夹。</translation>
    </message>
    <message>
        <source>Relief</source>
        <extracomment>algorithms/layout/drawn.py</extracomment>
        <translation>地形晕渲</translation>
    </message>
    <message>
        <source>The title has {n_title} characters, too many for the paper: shorten it, or choose a larger paper.</source>
        <extracomment>algorithms/layout/builder.py</extracomment>
        <translation>标题有 {n_title} 个字符，纸张容纳不下：请缩短标题，或选择更大的纸张。</translation>
    </message>
    <message>
        <source>km</source>
        <extracomment>algorithms/layout/builder.py</extracomment>
        <translation>km</translation>
    </message>
    <message>
        <source>m</source>
        <extracomment>algorithms/layout/builder.py</extracomment>
        <translation>m</translation>
    </message>
    <message>
        <source>Citation: {citation}</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>引用：{citation}</translation>
    </message>
    <message>
        <source>Data: {data}</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>数据：{data}</translation>
    </message>
    <message>
        <source>Drawn in an equal-area projection around its centre (Lambert azimuthal, WGS 84).</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>以其中心为中心的等积投影绘制（兰勃特方位等积，WGS 84）。</translation>
    </message>
    <message>
        <source>Grid of the map: {grid}.</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>图的格网：{grid}。</translation>
    </message>
    <message>
        <source>No output is requested: give a file name for OUTPUT or PICTURE.</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>没有要求任何输出：请为 OUTPUT 或 PICTURE 给出文件名。</translation>
    </message>
    <message>
        <source>Projection: {name}.</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>投影：{name}。</translation>
    </message>
    <message>
        <source>The layout &apos;{name}&apos; is in the project, under Project &gt; Layouts.</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>布局“{name}”已在工程中，见“工程 &gt; 布局”。</translation>
    </message>
    <message>
        <source>The map has no coordinate reference system.</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>该图没有坐标参考系。</translation>
    </message>
    <message>
        <source>{plugin}. Method: {method}</source>
        <extracomment>algorithms/publish/maplayout.py</extracomment>
        <translation>{plugin}。方法：{method}</translation>
    </message>
    <message>
        <source>{changed} observed days of {label} are not as they were before filling: give the stack from which the gaps were filled.</source>
        <extracomment>core/assess/seriesatpoint.py</extracomment>
        <translation>{label} 有 {changed} 个实测日与插补前不同：请给出插补所用的影像序列。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; has &apos;{value}&apos; in column {field}, where a number from 0 on is needed: correct it.</source>
        <extracomment>core/publish/maplayout.py</extracomment>
        <translation>表“{name}”的列 {field} 中有“{value}”，而此处需要不小于 0 的数：请改正。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; has no area of the district &apos;{whole}&apos;: choose the areas of a permafrost map.</source>
        <extracomment>core/publish/maplayout.py</extracomment>
        <translation>表“{name}”没有行政区“{whole}”的面积：请选择多年冻土图的面积表。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; has no column &apos;{field}&apos;: choose one made by &apos;Areas of a permafrost map&apos;, or one with the columns {needed}.</source>
        <extracomment>core/publish/maplayout.py</extracomment>
        <translation>表“{name}”没有列“{field}”：请选择由“多年冻土图面积统计”生成的表，或含 {needed} 各列的表。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; has the class {value} where each of {known} occurs at most once: choose the areas of a permafrost map.</source>
        <extracomment>core/publish/maplayout.py</extracomment>
        <translation>表“{name}”含有类别 {value}，而 {known} 各至多出现一次：请选择多年冻土图的面积表。</translation>
    </message>
    <message>
        <source>Intermediate result</source>
        <extracomment>core/publish/steps.py</extracomment>
        <translation>中间结果</translation>
    </message>
    <message>
        <source>Numbers of points that are used, and of those that are not compared, by the reason.</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>使用的点数，以及按原因列出的不参与比较的点数。</translation>
    </message>
    <message>
        <source>Presence</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>有无多年冻土</translation>
    </message>
    <message>
        <source>Presence compared</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>有无多年冻土的比较</translation>
    </message>
    <message>
        <source>Temperature compared</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>温度的比较</translation>
    </message>
    <message>
        <source>{used} of {count} points</source>
        <extracomment>core/reports/boreholes.py</extracomment>
        <translation>{count} 个点中的 {used} 个</translation>
    </message>
    <message>
        <source>Areas of cells whose units are taken for metres.</source>
        <extracomment>core/reports/maplayout.py</extracomment>
        <translation>像元面积，其单位视为米。</translation>
    </message>
    <message>
        <source>Areas on the ellipsoid.</source>
        <extracomment>core/reports/maplayout.py</extracomment>
        <translation>椭球面上的面积。</translation>
    </message>
    <message>
        <source>Interval [km²]</source>
        <extracomment>core/reports/maplayout.py</extracomment>
        <translation>区间 [km²]</translation>
    </message>
    <message>
        <source>Interval: ground with a probability of permafrost of at least {sure:.0f} % and of at least {possible:.0f} %.</source>
        <extracomment>core/reports/maplayout.py</extracomment>
        <translation>区间：多年冻土概率不低于 {sure:.0f}% 与不低于 {possible:.0f}% 的地面。</translation>
    </message>
    <message>
        <source>Daily ground surface temperature, {origin}. Gaps are days without one.</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>逐日地面温度，{origin}。间断处为无值之日。</translation>
    </message>
    <message>
        <source>Days</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>日数</translation>
    </message>
    <message>
        <source>Days of each series from the first to the last. Where no stack from before filling is given, it is not known which days were filled.</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>各序列从首日到末日的日数。没有给出插补前的影像序列时，无从知道哪些天经过插补。</translation>
    </message>
    <message>
        <source>Days without a mark have no value.</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>没有标记的日期无值。</translation>
    </message>
    <message>
        <source>Ground surface temperature</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>地面温度</translation>
    </message>
    <message>
        <source>LST [°C]</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>LST [°C]</translation>
    </message>
    <message>
        <source>Land surface temperature, {label}.</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>地表温度，{label}。</translation>
    </message>
    <message>
        <source>Mean [°C]</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>平均 [°C]</translation>
    </message>
    <message>
        <source>Missing</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>缺测</translation>
    </message>
    <message>
        <source>Series</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>序列</translation>
    </message>
    <message>
        <source>TTOP of each year</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>逐年 TTOP</translation>
    </message>
    <message>
        <source>Temperature at the top of permafrost of each year.</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>逐年多年冻土顶板温度。</translation>
    </message>
    <message>
        <source>Temperature at the top of permafrost.</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>多年冻土顶板温度。</translation>
    </message>
    <message>
        <source>at or below 0 °C in {cold} of {known} years</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>{known} 年中有 {cold} 年不高于 0 °C</translation>
    </message>
    <message>
        <source>filled</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>插补</translation>
    </message>
    <message>
        <source>from the GST stacks</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>来自 GST 影像序列</translation>
    </message>
    <message>
        <source>mean of {known} days</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>{known} 天的平均</translation>
    </message>
    <message>
        <source>observed</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>实测</translation>
    </message>
    <message>
        <source>of the values of the overpasses</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>各次过境的值</translation>
    </message>
    <message>
        <source>predicted by the GST model</source>
        <extracomment>core/reports/seriesatpoint.py</extracomment>
        <translation>由 GST 模型预测</translation>
    </message>
    <message>
        <source>A map in degrees is drawn in an equal-area projection around its centre, others in their own projection.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>以经纬度为单位的图按以其中心为中心的等积投影绘制，其他图按自身的投影绘制。</translation>
    </message>
    <message>
        <source>Add the layout to the project</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>将布局加入工程</translation>
    </message>
    <message>
        <source>Areas are those of the map, or of a table such as that of &apos;Areas of a permafrost map&apos;; columns low_km2 and high_km2 of the table are printed as intervals. With a probability of permafrost, the interval of the area of permafrost lies between the ground with a probability of at least 95 % and of at least 5 %.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>面积取自该图，或取自一个表，例如“多年冻土图面积统计”的表；表中的 low_km2 和 high_km2 列作为区间印出。给出多年冻土概率时，多年冻土面积的区间介于概率不低于 95% 与不低于 5% 的地面面积之间。</translation>
    </message>
    <message>
        <source>Areas to print in place of those of the map, from &apos;Areas of a permafrost map&apos;; with columns low_km2 and high_km2 also their intervals.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>代替图上面积印出的面积，来自“多年冻土图面积统计”；含 low_km2 和 high_km2 列时也印出区间。</translation>
    </message>
    <message>
        <source>Citation</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>引用</translation>
    </message>
    <message>
        <source>Data</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>数据</translation>
    </message>
    <message>
        <source>Drawn as relief below the map.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>作为晕渲绘于图下。</translation>
    </message>
    <message>
        <source>From &apos;Permafrost map&apos;.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>来自“多年冻土图”。</translation>
    </message>
    <message>
        <source>How the map is cited. By default the plugin and the publication of the method.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>图的引用方式。默认为本插件和方法的原始文献。</translation>
    </message>
    <message>
        <source>Map as PDF</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>地图 PDF</translation>
    </message>
    <message>
        <source>Map as PNG</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>地图 PNG</translation>
    </message>
    <message>
        <source>Map layout</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>地图布局</translation>
    </message>
    <message>
        <source>Orientation</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>方向</translation>
    </message>
    <message>
        <source>PDF</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>PDF</translation>
    </message>
    <message>
        <source>PNG</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>PNG</translation>
    </message>
    <message>
        <source>Paper</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Period that the map represents, such as 2005-2020.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>图所代表的时段，例如 2005-2020。</translation>
    </message>
    <message>
        <source>Permafrost probability [%]</source>
        <extracomment>window/sample.py</extracomment>
        <translation>多年冻土概率 [%]</translation>
    </message>
    <message>
        <source>Polygons, drawn as an outline.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>面，绘为轮廓。</translation>
    </message>
    <message>
        <source>Polygons, drawn over the map.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>面，绘于图上。</translation>
    </message>
    <message>
        <source>Prints a permafrost map with title, legend, scale, graticule, areas and sources, as PDF and PNG.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>将多年冻土图连同标题、图例、比例尺、经纬网、面积和数据来源印制为 PDF 和 PNG。</translation>
    </message>
    <message>
        <source>Regions of a survey, drawn as outlines, or places such as boreholes.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>调查区域（绘为轮廓），或钻孔等地点。</translation>
    </message>
    <message>
        <source>Resolution [dpi]</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>分辨率 [dpi]</translation>
    </message>
    <message>
        <source>Scale of the map, 1 to</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>地图比例尺，1 比</translation>
    </message>
    <message>
        <source>Stands above the map.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>置于图的上方。</translation>
    </message>
    <message>
        <source>Survey</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>调查</translation>
    </message>
    <message>
        <source>The layout is added to the open project, to be edited under Project &gt; Layouts.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>将布局加入打开的工程，可在“工程 &gt; 布局”中编辑。</translation>
    </message>
    <message>
        <source>The open project stays as it is, unless the layout is to be added to it: it is then found under Project &gt; Layouts, where it can be edited, with its layers in a hidden group of the same name.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>打开的工程保持不变，除非要求将布局加入其中：此时可在“工程 &gt; 布局”中找到并编辑，其图层在同名的隐藏图层组中。</translation>
    </message>
    <message>
        <source>The sheet as PDF.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>PDF 图幅。</translation>
    </message>
    <message>
        <source>The sheet as PNG.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>PNG 图幅。</translation>
    </message>
    <message>
        <source>The sheet has the title and the period, the map over the relief of a DEM, a graticule in degrees, the legend, the areas of the classes, a scale bar, a north arrow, and in small print the projection, the data and how to cite. The map stands upright or across, with the rest beside or below it, whichever makes it largest.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>图幅包括标题和时段、绘于 DEM 晕渲之上的图、以度为单位的经纬网、图例、各类别面积、比例尺、指北针，以及以小字印出的投影、数据和引用方式。图竖放或横放，其余内容置于其旁或其下，以使图最大为准。</translation>
    </message>
    <message>
        <source>What the map was made from, such as the names of the products and their years.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>制图所用的数据，例如数据产品的名称及其年份。</translation>
    </message>
    <message>
        <source>a4, a3, a2, a1, a0, or letter.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>a4、a3、a2、a1、a0 或 letter。</translation>
    </message>
    <message>
        <source>figure</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>图件</translation>
    </message>
    <message>
        <source>graticule</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>经纬网</translation>
    </message>
    <message>
        <source>landscape, portrait, or auto: whichever makes the map larger.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>landscape（横向）、portrait（纵向）或 auto：以使图较大者为准。</translation>
    </message>
    <message>
        <source>layout</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>布局</translation>
    </message>
    <message>
        <source>legend</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>图例</translation>
    </message>
    <message>
        <source>north arrow</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>指北针</translation>
    </message>
    <message>
        <source>picture</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>图片</translation>
    </message>
    <message>
        <source>poster</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>海报</translation>
    </message>
    <message>
        <source>print</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>打印</translation>
    </message>
    <message>
        <source>scale bar</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>比例尺</translation>
    </message>
    <message>
        <source>A place on the canvas, or x,y [EPSG:code].</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>画布上的一个位置，或 x,y [EPSG:code]。</translation>
    </message>
    <message>
        <source>A row per day: LST, whether it was filled, and GST.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>每天一行：LST、是否为插补值，以及 GST。</translation>
    </message>
    <message>
        <source>A row per year.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>每年一行。</translation>
    </message>
    <message>
        <source>Before filling, Aqua day</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>插补前，Aqua 白天</translation>
    </message>
    <message>
        <source>Before filling, Aqua night</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>插补前，Aqua 夜间</translation>
    </message>
    <message>
        <source>Before filling, Terra day</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>插补前，Terra 白天</translation>
    </message>
    <message>
        <source>Before filling, Terra night</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>插补前，Terra 夜间</translation>
    </message>
    <message>
        <source>Charts the series of a pixel: LST, which days were filled, ground surface temperature and yearly TTOP.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>绘制一个像元的序列：LST、哪些天经过插补、地面温度和逐年 TTOP。</translation>
    </message>
    <message>
        <source>Daily ground surface temperature in °C, one band per day.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>逐日地面温度，单位 °C，每日一个波段。</translation>
    </message>
    <message>
        <source>Days at the place</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>该点的逐日数据</translation>
    </message>
    <message>
        <source>Days from the first to the last</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>从首日到末日的天数</translation>
    </message>
    <message>
        <source>First year of TTOP</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>TTOP 的起始年份</translation>
    </message>
    <message>
        <source>From &apos;Fit GST model&apos;; predicts GST from the overpasses, in place of GST stacks.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>来自“拟合 GST 模型”；由各次过境预测 GST，代替 GST 影像序列。</translation>
    </message>
    <message>
        <source>GST stacks</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>GST 影像序列</translation>
    </message>
    <message>
        <source>Give the filled stacks for the overpasses, and the stacks from which they were filled as those before filling: the chart and the table then tell observed days from filled ones. What has no value stays a gap, also days that are in none of the files.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>各次过境请给出插补后的影像序列，并在“插补前”各项给出插补所用的原影像序列：图和表即可区分实测日与插补日。没有值之处仍为缺测，不在任何文件中的日期也是如此。</translation>
    </message>
    <message>
        <source>Ground surface temperature is read from GST stacks, or predicted from the overpasses by a GST model, as in &apos;Degree days&apos;.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>地面温度由 GST 影像序列读取，或由 GST 模型从各次过境预测，与“冻融指数”相同。</translation>
    </message>
    <message>
        <source>Pick a place on the canvas: of each raster, the cell that contains it is read, and nothing else. The report shows a chart for each overpass, for the ground surface temperature and for TTOP; the tables hold the values.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>在画布上选取一个位置：每个栅格只读取包含该点的像元。报告对每种过境、地面温度和 TTOP 各给出一幅图；表中为数值。</translation>
    </message>
    <message>
        <source>Place</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>位置</translation>
    </message>
    <message>
        <source>Rasters with one band per year, or one per year.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>每年一个波段的栅格，或每年一个栅格。</translation>
    </message>
    <message>
        <source>Series at a point</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>单点时间序列</translation>
    </message>
    <message>
        <source>TTOP at the place</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>该点的 TTOP</translation>
    </message>
    <message>
        <source>The stacks of this overpass before their gaps were filled, to tell observed days from filled ones.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>该次过境插补缺测之前的影像序列，用于区分实测日与插补日。</translation>
    </message>
    <message>
        <source>Values of the overpasses that are missing</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>各次过境缺测的值数</translation>
    </message>
    <message>
        <source>Values of the overpasses that were filled</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>各次过境插补的值数</translation>
    </message>
    <message>
        <source>Year of the first band, where bands do not name theirs. 0 reads the years from the names.</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>首波段的年份，用于波段名中没有年份的情况。0 表示从名称读取年份。</translation>
    </message>
    <message>
        <source>chart</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>图表</translation>
    </message>
    <message>
        <source>gaps</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>缺测</translation>
    </message>
    <message>
        <source>identify</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>识别</translation>
    </message>
    <message>
        <source>pixel</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>像元</translation>
    </message>
    <message>
        <source>plot</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>绘图</translation>
    </message>
    <message>
        <source>profile</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>剖面</translation>
    </message>
    <message>
        <source>POINT {place} lies outside of &apos;{name}&apos; ({grid}): choose a place within it.</source>
        <extracomment>raster/assess/seriesatpoint.py</extracomment>
        <translation>POINT {place} 位于“{name}”（{grid}）之外：请选择其中的位置。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds classes other than {known}: give a map from &apos;Permafrost map&apos;.</source>
        <extracomment>raster/publish/maplayout.py</extracomment>
        <translation>“{name}”含有 {known} 以外的类别：请给出来自“多年冻土图”的图。</translation>
    </message>
    <message>
        <source>{area} of the ground of the map have no value in &apos;{name}&apos; and count as certain in the interval of the area: give the probability of the whole map.</source>
        <extracomment>raster/publish/maplayout.py</extracomment>
        <translation>图上有 {area} 的地面在“{name}”中无值，在面积区间中视为确定：请给出整幅图的概率。</translation>
    </message>
    <message>
        <source>ME {me} K, RMSE {rmse} K in {cells} cells.</source>
        <extracomment>algorithms/assess/boreholes.py</extracomment>
        <translation>平均误差 {me} K，RMSE {rmse} K，共 {cells} 个像元。</translation>
    </message>
    <message>
        <source>Overall accuracy {oa}, kappa {kappa}, {cells} cells.</source>
        <extracomment>algorithms/assess/boreholes.py</extracomment>
        <translation>总体精度 {oa}，Kappa 系数 {kappa}，共 {cells} 个像元。</translation>
    </message>
    <message>
        <source>Both TTOP and MAPS are given: choose TTOP of several years, or two or more permafrost maps.</source>
        <extracomment>algorithms/assess/change.py</extracomment>
        <translation>同时给出了 TTOP 与 MAPS：请选择多年的 TTOP，或两幅以上的多年冻土图。</translation>
    </message>
    <message>
        <source>Neither TTOP nor MAPS is given: choose TTOP of several years, or two or more permafrost maps.</source>
        <extracomment>algorithms/assess/change.py</extracomment>
        <translation>TTOP 与 MAPS 均未给出：请选择多年的 TTOP，或两幅以上的多年冻土图。</translation>
    </message>
    <message>
        <source>Neither GST nor GST_MODEL is given: choose GST stacks, or a model with LST stacks.</source>
        <extracomment>algorithms/gst/degreedays.py</extracomment>
        <translation>GST 与 GST_MODEL 均未给出：请选择 GST 影像序列，或模型与 LST 影像序列。</translation>
    </message>
    <message>
        <source>has a point without a name</source>
        <extracomment>algorithms/gst/samplelst.py</extracomment>
        <translation>中有一个点没有名称</translation>
    </message>
    <message>
        <source>lines</source>
        <extracomment>algorithms/layers/vectors.py</extracomment>
        <translation>线</translation>
    </message>
    <message>
        <source>polygons</source>
        <extracomment>algorithms/layers/vectors.py</extracomment>
        <translation>面</translation>
    </message>
    <message>
        <source>Of NUGGET, SILL and RANGE only {first} and {second} are given: give all three or none.</source>
        <extracomment>algorithms/lst/kriging.py</extracomment>
        <translation>NUGGET、SILL 和 RANGE 中只给出了 {first} 和 {second}：请三者都给出，或都不给。</translation>
    </message>
    <message>
        <source>Of NUGGET, SILL and RANGE only {given} is given: give all three or none.</source>
        <extracomment>algorithms/lst/kriging.py</extracomment>
        <translation>NUGGET、SILL 和 RANGE 中只给出了 {given}：请三者都给出，或都不给。</translation>
    </message>
    <message>
        <source>names of PFT layers</source>
        <extracomment>algorithms/permafrost/rkfactor.py</extracomment>
        <translation>PFT 图层的名称</translation>
    </message>
    <message>
        <source>whole numbers of land cover classes</source>
        <extracomment>algorithms/permafrost/rkfactor.py</extracomment>
        <translation>土地覆盖类别的整数值</translation>
    </message>
    <message>
        <source>, so the format takes no table without geometry</source>
        <extracomment>algorithms/sinks.py</extracomment>
        <translation>，因此该格式不接受没有几何的表</translation>
    </message>
    <message>
        <source>its last rows are missing, or the format takes no table without geometry</source>
        <extracomment>algorithms/sinks.py</extracomment>
        <translation>最后几行缺失，或该格式不接受没有几何的表</translation>
    </message>
    <message>
        <source>field &apos;{field}&apos; of &apos;{name}&apos;</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>“{name}”的字段“{field}”</translation>
    </message>
    <message>
        <source>{parameter} holds the rule &apos;{rule}&apos;, which cannot be read: write &apos;&lt;= 0&apos;, &apos;&gt;= 0.5&apos;, &apos;== 1&apos; or &apos;in 1 2&apos;, followed by &apos;drop 3 4&apos; for values that are not compared.</source>
        <extracomment>core/assess/rule.py</extracomment>
        <translation>{parameter} 含有无法理解的规则“{rule}”：请写“&lt;= 0”、“&gt;= 0.5”、“== 1”或“in 1 2”，不参与比较的值以“drop 3 4”接在后面。</translation>
    </message>
    <message>
        <source>, and seems to hold hundredths of a degree: divide by 100 to give {unit}</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>，似乎是百分之一度：请除以 100 换算为 {unit}</translation>
    </message>
    <message>
        <source>, and seems to hold tenths of a degree: divide by 10 to give {unit}</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>，似乎是十分之一度：请除以 10 换算为 {unit}</translation>
    </message>
    <message>
        <source>map class</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>图上类别</translation>
    </message>
    <message>
        <source>reference class</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>参考数据类别</translation>
    </message>
    <message>
        <source>zone</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>分区</translation>
    </message>
    <message>
        <source>without a day</source>
        <extracomment>core/gst/degreedays.py</extracomment>
        <translation>没有任何一天</translation>
    </message>
    <message>
        <source>No station has a row</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>没有站点的行</translation>
    </message>
    <message>
        <source>The table</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>该表</translation>
    </message>
    <message>
        <source>give more</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>请给出更多</translation>
    </message>
    <message>
        <source>give more, or fit all seasons together</source>
        <extracomment>core/gst/fit.py</extracomment>
        <translation>请给出更多，或将所有季节一并拟合</translation>
    </message>
    <message>
        <source>1 row is not used: {reason}, {example}.</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>有 1 行未使用：{reason}，{example}。</translation>
    </message>
    <message>
        <source>choose another table</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>请另选表</translation>
    </message>
    <message>
        <source>it is empty</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>{rows} rows are not used: {reason}, {example}.</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>有 {rows} 行未使用：{reason}，{example}。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is &apos;{first}&apos;</source>
        <extracomment>core/gst/stations.py</extracomment>
        <translation>“{name}”即“{first}”</translation>
    </message>
    <message>
        <source>, or choose kelvin as their unit</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>，或将其单位选为开尔文</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos;: {said}.</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>表“{name}”：{said}。</translation>
    </message>
    <message>
        <source>average the rows of a station to one a day</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>请将每个站点的行平均为每日一行</translation>
    </message>
    <message>
        <source>choose days with LST</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>请选择有 LST 的日期</translation>
    </message>
    <message>
        <source>choose the column that holds GST, or fill the gaps</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>请选择 GST 所在的列，或补全缺测</translation>
    </message>
    <message>
        <source>keep one row per day</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>请每日只保留一行</translation>
    </message>
    <message>
        <source>name the stations</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>请给站点命名</translation>
    </message>
    <message>
        <source>no LST has a value</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>所有 LST 均无值</translation>
    </message>
    <message>
        <source>no usable number</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>没有可用的数值</translation>
    </message>
    <message>
        <source>the station-day is repeated</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>同一站点同一日重复出现</translation>
    </message>
    <message>
        <source>the station-day is repeated with different values</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>同一站点同一日以不同的值重复出现</translation>
    </message>
    <message>
        <source>write dates as YYYY-MM-DD</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>请按 YYYY-MM-DD 书写日期</translation>
    </message>
    <message>
        <source>write numbers with a decimal point</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>请用小数点书写数值</translation>
    </message>
    <message>
        <source>it holds a number of {count} digits</source>
        <extracomment>core/jsontext.py</extracomment>
        <translation>它含有一个 {count} 位的数</translation>
    </message>
    <message>
        <source>it is nested more than {depth} deep</source>
        <extracomment>core/jsontext.py</extracomment>
        <translation>它的嵌套超过 {depth} 层</translation>
    </message>
    <message>
        <source>the variogram predicts known cells with errors {ratio:.0f} times their standard deviation: a nugget of {nugget:.2g} K² was added, and the other semivariances multiplied by {scale:.2g}</source>
        <extracomment>core/lst/fill.py</extracomment>
        <translation>变异函数预测有值像元的误差为其标准差的 {ratio:.0f} 倍：增加了 {nugget:.2g} K² 的块金值，其余半方差乘以 {scale:.2g}</translation>
    </message>
    <message>
        <source>the variogram predicts known cells with errors {ratio:.0f} times their standard deviation: its semivariances were multiplied by {scale:.2g}</source>
        <extracomment>core/lst/fill.py</extracomment>
        <translation>变异函数预测有值像元的误差为其标准差的 {ratio:.0f} 倍：其半方差乘以 {scale:.2g}</translation>
    </message>
    <message>
        <source>variogram without variance: the known cells do not differ from the trend</source>
        <extracomment>core/lst/fill.py</extracomment>
        <translation>变异函数没有方差：有值像元与趋势没有差别</translation>
    </message>
    <message>
        <source>A linear trend with elevation and with the pattern of the scenes of other dates</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>高程与其他日期影像格局的线性趋势</translation>
    </message>
    <message>
        <source>A linear trend with elevation, fitted to the known cells of each scene,</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>对每景影像的有值像元拟合的高程线性趋势</translation>
    </message>
    <message>
        <source>The mean of each scene was subtracted, the residuals were interpolated by ordinary kriging from {neighbours} known cells ({search}) with {variogram}, and the mean was added back.</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>减去每景影像的平均值，由 {neighbours} 个有值像元（{search}）以普通克里格对残差插值，采用{variogram}，再加回平均值。</translation>
    </message>
    <message>
        <source>a variogram ({model}) estimated by approximate likelihood</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>以近似似然估计的变异函数（{model}）</translation>
    </message>
    <message>
        <source>the nearest</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>最邻近者</translation>
    </message>
    <message>
        <source>the nearest in each octant</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>每个八分象限内最邻近者</translation>
    </message>
    <message>
        <source>{trend} was subtracted, the residuals were interpolated by ordinary kriging from {neighbours} known cells ({search}) with {variogram}, and the trend was added back.</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>减去{trend}，由 {neighbours} 个有值像元（{search}）以普通克里格对残差插值，采用{variogram}，再加回趋势。</translation>
    </message>
    <message>
        <source>no known cell</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>没有有值像元</translation>
    </message>
    <message>
        <source>no other scenes share enough cells that correlate with this one</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>没有其他影像与本景有足够多的相关共同像元</translation>
    </message>
    <message>
        <source>the known cells do not differ in temperature or not in elevation</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>有值像元的温度或高程没有差别</translation>
    </message>
    <message>
        <source> or </source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>或</translation>
    </message>
    <message>
        <source>No class of &apos;{landcover}&apos; has an r_k in table &apos;{name}&apos;: choose the table of that map, {which}.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>“{landcover}”的类别在表“{name}”中均无 r_k：请选择与该图对应的表，即 {which}。</translation>
    </message>
    <message>
        <source>No class of &apos;{landcover}&apos; has an r_k in table &apos;{name}&apos;: choose the table of that map.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>“{landcover}”的类别在表“{name}”中均无 r_k：请选择与该图对应的表。</translation>
    </message>
    <message>
        <source>of that map, or use a table of your own with an empty r_k for classes that are to have none</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>与该图对应的表，或使用自己的表，不需要 r_k 的类别留空</translation>
    </message>
    <message>
        <source>built</source>
        <extracomment>core/prepare/stacks.py</extracomment>
        <translation>已构建</translation>
    </message>
    <message>
        <source>finished by an earlier run and left as it is</source>
        <extracomment>core/prepare/stacks.py</extracomment>
        <translation>已由先前的运行完成，保持不变</translation>
    </message>
    <message>
        <source>approximate likelihood</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>近似似然</translation>
    </message>
    <message>
        <source>least squares on the empirical variogram</source>
        <extracomment>core/reports/fitvariogram.py</extracomment>
        <translation>对经验变异函数的最小二乘</translation>
    </message>
    <message>
        <source>bring it to the standard calendar first, for example by convert_calendar of xarray, save it as NetCDF or write the real dates into the band descriptions as YYYY-MM-DD</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>请先转换为标准日历（例如用 xarray 的 convert_calendar），存为 NetCDF，或按 YYYY-MM-DD 将真实日期写入波段描述</translation>
    </message>
    <message>
        <source>which is not known</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>它是未知的</translation>
    </message>
    <message>
        <source>whose days are not those of the real calendar</source>
        <extracomment>core/timeaxis.py</extracomment>
        <translation>其日期不是真实日历的日期</translation>
    </message>
    <message>
        <source>Field &apos;{field}&apos; of &apos;{name}&apos;</source>
        <extracomment>core/assess/boreholes.py</extracomment>
        <translation>“{name}”的字段“{field}”</translation>
    </message>
    <message>
        <source>GDAL gives no reason</source>
        <extracomment>raster/grid/gdal_io.py</extracomment>
        <translation>GDAL 没有给出原因</translation>
    </message>
    <message>
        <source>it holds text that is not UTF-8</source>
        <extracomment>raster/grid/gdal_io.py</extracomment>
        <translation>它含有非 UTF-8 文本</translation>
    </message>
    <message>
        <source>it has no CRS and its coordinates may be degrees</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>它没有 CRS，其坐标可能是度</translation>
    </message>
    <message>
        <source>it has no known CRS and its coordinates may be degrees</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>它没有已知的 CRS，其坐标可能是度</translation>
    </message>
    <message>
        <source>its CRS is in degrees and its rows lie beyond the poles</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>其 CRS 以度为单位，而其行超出极点</translation>
    </message>
    <message>
        <source>the first input</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>第一个输入</translation>
    </message>
    <message>
        <source>{name} ({grid}) has no CRS: its coordinates are assumed to be metres, so lengths and areas are wrong if they are in other units, and do not account for the distortion of its projection.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>{name}（{grid}）没有 CRS：假定其坐标以米为单位，若为其他单位则长度和面积有误，并且未考虑投影变形。</translation>
    </message>
    <message>
        <source>{name} ({grid}) has no known CRS: its coordinates are assumed to be metres, so lengths and areas are wrong if they are in other units, and do not account for the distortion of its projection.</source>
        <extracomment>raster/grid/grid.py</extracomment>
        <translation>{name}（{grid}）没有已知的 CRS：假定其坐标以米为单位，若为其他单位则长度和面积有误，并且未考虑投影变形。</translation>
    </message>
    <message>
        <source>check CRS and coordinates</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>请检查 CRS 和坐标</translation>
    </message>
    <message>
        <source>fill the gaps first</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>请先插补缺测</translation>
    </message>
    <message>
        <source>no overpass has a value there</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>该处没有任何过境有值</translation>
    </message>
    <message>
        <source>the station is outside the LST stacks</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>该站点在 LST 影像序列之外</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; has {n_bands} bands and band {number} was requested: choose one of them.</source>
        <extracomment>raster/read/bands.py</extracomment>
        <translation>栅格“{name}”有 {n_bands} 个波段，而要求第 {number} 波段：请从中选择。</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; has {n_bands} bands beside its alpha band and band {number} was requested: choose one of them.</source>
        <extracomment>raster/read/bands.py</extracomment>
        <translation>栅格“{name}”除透明波段外有 {n_bands} 个波段，而要求第 {number} 波段：请从中选择。</translation>
    </message>
    <message>
        <source>where whole numbers of classes are needed</source>
        <extracomment>raster/read/classes.py</extracomment>
        <translation>而此处需要整数类别</translation>
    </message>
    <message>
        <source>{raster} ({grid}) has no CRS, so &apos;{name}&apos; cannot be located on it: assign the right CRS to it.</source>
        <extracomment>raster/read/vectors.py</extracomment>
        <translation>{raster}（{grid}）没有 CRS，因此无法在其上定位“{name}”：请为其指定正确的 CRS。</translation>
    </message>
    <message>
        <source>A0, 841 × 1189 mm</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>A0，841 × 1189 毫米</translation>
    </message>
    <message>
        <source>A1, 594 × 841 mm</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>A1，594 × 841 毫米</translation>
    </message>
    <message>
        <source>A2, 420 × 594 mm</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>A2，420 × 594 毫米</translation>
    </message>
    <message>
        <source>A3, 297 × 420 mm</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>A3，297 × 420 毫米</translation>
    </message>
    <message>
        <source>A4, 210 × 297 mm</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>A4，210 × 297 毫米</translation>
    </message>
    <message>
        <source>Landscape</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>横向</translation>
    </message>
    <message>
        <source>Letter, 8.5 × 11 in</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>Letter，8.5 × 11 英寸</translation>
    </message>
    <message>
        <source>Portrait</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>纵向</translation>
    </message>
    <message>
        <source>{name} (&apos;{label}&apos;)</source>
        <extracomment>algorithms/labels.py</extracomment>
        <translation>{name}（“{label}”）</translation>
    </message>
    <message>
        <source>{title}.</source>
        <extracomment>algorithms/publish/combinereports.py</extracomment>
        <translation>{title}。</translation>
    </message>
    <message>
        <source>{name} {area} ({percent} %)</source>
        <extracomment>core/reports/areastatistics.py</extracomment>
        <translation>{name} {area}（{percent}%）</translation>
    </message>
    <message>
        <source>&apos;{name}&apos;</source>
        <extracomment>core/reports/wording.py</extracomment>
        <translation>“{name}”</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>core/reports/wording.py</extracomment>
        <translation>、</translation>
    </message>
    <message>
        <source>; </source>
        <extracomment>core/lst/filled.py</extracomment>
        <translation>；</translation>
    </message>
    <message>
        <source>{layer} of the sample basin</source>
        <extracomment>core/reports/wording.py</extracomment>
        <translation>示例流域的{layer}</translation>
    </message>
    <message>
        <source>From &apos;Probability of permafrost&apos;, for the interval of the area of permafrost.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>来自“多年冻土概率”，用于给出多年冻土面积的区间。</translation>
    </message>
    <message>
        <source>New here? See in seconds how a map is made.</source>
        <extracomment>window/menu.py</extracomment>
        <translation>初次使用？用几秒钟看看如何制作多年冻土图。</translation>
    </message>
    <message>
        <source>Terrain and land cover are real, what is called simulated is not.</source>
        <extracomment>window/menu.py</extracomment>
        <translation>地形和土地覆盖是真实的，标为模拟的不是。</translation>
    </message>
    <message>
        <source>RMSE {rmse_random} K with {random}, {rmse_station} K with {station}.</source>
        <extracomment>algorithms/gst/fitgstmodel.py</extracomment>
        <translation>RMSE：{random} {rmse_random} K，{station} {rmse_station} K。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ({own_grid}) is resampled to {target_grid} by {method}.</source>
        <extracomment>algorithms/prepare/aligntogrid.py</extracomment>
        <translation>“{name}”（{own_grid}）以 {method} 重采样到 {target_grid}。</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{classes}&apos;, which is not a list of classes: give whole numbers separated by commas.</source>
        <extracomment>core/assess/binary.py</extracomment>
        <translation>{parameter} 为“{classes}”，不是类别列表：请给出以逗号分隔的整数。</translation>
    </message>
    <message>
        <source>The windows of years &apos;{windows}&apos; overlap or are not in chronological order: write them like 2005-2009, 2016-2020.</source>
        <extracomment>core/assess/periods.py</extracomment>
        <translation>各时段“{windows}”重叠或不按时间先后排列：请写成 2005-2009, 2016-2020 的形式。</translation>
    </message>
    <message>
        <source>The windows of years are &apos;{windows}&apos;, and two or more are needed: write them like 2005-2009, 2016-2020.</source>
        <extracomment>core/assess/periods.py</extracomment>
        <translation>时段为“{windows}”，而需要两个或更多：请写成 2005-2009, 2016-2020 的形式。</translation>
    </message>
    <message>
        <source>There is no data for the window {label}, only for years from {first_year} to {last_year}: choose windows within them.</source>
        <extracomment>core/assess/periods.py</extracomment>
        <translation>时段 {label} 没有数据，只有 {first_year} 至 {last_year} 年的数据：请在此范围内选择时段。</translation>
    </message>
    <message>
        <source>{parameter} &apos;{rules}&apos; holds {n_parts} rules for 1 map: give one rule for all maps, or one per map in the order of the maps, separated by semicolons.</source>
        <extracomment>core/assess/rule.py</extracomment>
        <translation>{parameter}“{rules}”含有 {n_parts} 条规则，而图只有 1 幅：请给出适用于所有图的一条规则，或按图的顺序每幅一条，以分号分隔。</translation>
    </message>
    <message>
        <source>{parameter} &apos;{rules}&apos; holds {n_parts} rules for {count} maps: give one rule for all maps, or one per map in the order of the maps, separated by semicolons.</source>
        <extracomment>core/assess/rule.py</extracomment>
        <translation>{parameter}“{rules}”含有 {n_parts} 条规则，而图有 {count} 幅：请给出适用于所有图的一条规则，或按图的顺序每幅一条，以分号分隔。</translation>
    </message>
    <message>
        <source>{what} has {count} of {total} values outside {low:g} to {high:g} {unit}, for example {value:g} in row {row}{other_unit}{or_else}.</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>{what}的 {total} 个值中有 {count} 个超出 {low:g} 至 {high:g} {unit}，例如第 {row} 行的 {value:g}{other_unit}{or_else}。</translation>
    </message>
    <message>
        <source>Confusion matrices of the classes {own_classes} and {other_classes} cannot be pooled: use the same classes in the same order.</source>
        <extracomment>core/confusion.py</extracomment>
        <translation>类别为 {own_classes} 与 {other_classes} 的混淆矩阵不能合并：请使用相同类别并按相同顺序排列。</translation>
    </message>
    <message>
        <source>The treatment of missing days is &apos;{missing}&apos;: choose one of {known}.</source>
        <extracomment>core/gst/degreedays.py</extracomment>
        <translation>缺测日的处理方式为“{missing}”：请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>from {first_day} to {last_day}</source>
        <extracomment>core/gst/degreedays.py</extracomment>
        <translation>{first_day} 至 {last_day}</translation>
    </message>
    <message>
        <source>The DEM has {dem_shape} cells and the scene {scene_shape}: align it to the scene first.</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>DEM 有 {dem_shape} 个像元，影像有 {scene_shape} 个：请先将其对齐到影像。</translation>
    </message>
    <message>
        <source>The pattern &apos;{pattern}&apos; does not contain the overpass: mark it by {{{lacking}}}, or choose an overpass.</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>模式“{pattern}”不含过境：请用 {{{lacking}}} 标出，或选择过境。</translation>
    </message>
    <message>
        <source>The pattern &apos;{pattern}&apos; holds the unknown part &apos;{{{part}}}&apos;: use {known}.</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>模式“{pattern}”含有未知部分“{{{part}}}”：请使用 {known}。</translation>
    </message>
    <message>
        <source>The pattern &apos;{pattern}&apos; holds {{{part}}} twice: replace one of them by *.</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>模式“{pattern}”两次含有 {{{part}}}：请将其中之一换成 *。</translation>
    </message>
    <message>
        <source>The pattern &apos;{pattern}&apos; names no date: mark it by {{YYYY}} and {{DDD}}, or by {{YYYY}}, {{MM}} and {{DD}}.</source>
        <extracomment>core/prepare/scenes.py</extracomment>
        <translation>模式“{pattern}”没有日期：请用 {{YYYY}} 和 {{DDD}}，或用 {{YYYY}}、{{MM}} 和 {{DD}} 标出。</translation>
    </message>
    <message>
        <source>License &apos;{given}&apos; is not understood: write its SPDX identifier, for example CC-BY-4.0 or CC0-1.0.</source>
        <extracomment>core/publish/entries.py</extracomment>
        <translation>无法理解许可证“{given}”：请写其 SPDX 标识符，例如 CC-BY-4.0 或 CC0-1.0。</translation>
    </message>
    <message>
        <source>Period &apos;{given}&apos; ends before it begins: swap its ends.</source>
        <extracomment>core/publish/entries.py</extracomment>
        <translation>时段“{given}”的结束早于开始：请对调。</translation>
    </message>
    <message>
        <source>Period &apos;{given}&apos; is not understood: write one year, two years as 2005-2020, or two days as 2005-09-01/2020-08-31.</source>
        <extracomment>core/publish/entries.py</extracomment>
        <translation>无法理解时段“{given}”：请写一个年份、两个年份如 2005-2020，或两个日期如 2005-09-01/2020-08-31。</translation>
    </message>
    <message>
        <source>A block bootstrap with blocks of {side} x {side} cells ({blocks} blocks) yields a 95 % interval of kappa from {low} to {high}.</source>
        <extracomment>core/reports/accuracy.py</extracomment>
        <translation>以 {side} x {side} 像元为块的分块自助法（{blocks} 块）给出 Kappa 系数的 95% 区间为 {low} 至 {high}。</translation>
    </message>
    <message>
        <source> The trend of yearly TTOP from {first_year} to {last_year} was estimated by Sen&apos;s slope and tested by {test}, with p-values adjusted to control the false discovery rate (Benjamini and Hochberg 1995): {warming_percent:.1f} % of {cells} cells warm and {cooling_percent:.1f} % cool significantly at a rate of {alpha:g}.</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>逐年 TTOP（{first_year} 至 {last_year} 年）的趋势以 Sen 斜率估计，用{test}判断显著性，并校正 p 值以控制错误发现率（Benjamini and Hochberg 1995）：在错误发现率 {alpha:g} 下，{cells} 个像元中 {warming_percent:.1f}% 显著升温，{cooling_percent:.1f}% 显著降温。</translation>
    </message>
    <message>
        <source>To determine the change of permafrost between {earlier} and {last_period}, {what}, and the areas of the transitions were summed on the ellipsoid. Permafrost in equilibrium with the climate covers {first_area} in {first_period} and {last_area} in {last_period}; {no_longer_km2} are no longer and {newly_km2} are newly in equilibrium.{trend_sentence} TTOP is an equilibrium model: these figures are not an observed loss of permafrost, whose extent may lag behind the climate by decades (Zhao et al. 2025).</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>为确定 {earlier} 至 {last_period} 多年冻土的变化，{what}，并在椭球面上统计各类转变的面积。与气候平衡的多年冻土在 {first_period} 为 {first_area}，在 {last_period} 为 {last_area}；{no_longer_km2} 不再平衡，{newly_km2} 新近平衡。{trend_sentence}TTOP 是平衡模型：这些数字不是观测到的多年冻土损失，其范围可能比气候滞后数十年（Zhao et al. 2025）。</translation>
    </message>
    <message>
        <source>Transitions from {first_period} to {last_period}.</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>{first_period} 至 {last_period} 的转变。</translation>
    </message>
    <message>
        <source>{name} ({rule}) kappa {kappa}, OA {oa}</source>
        <extracomment>core/reports/comparemaps.py</extracomment>
        <translation>{name}（{rule}）Kappa 系数 {kappa}，OA {oa}</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds {fill:.6g}, a fill value that its rule &apos;{rule}&apos; would compare: tag it as nodata, or add &apos;drop {fill:.6g}&apos; to the rule.</source>
        <extracomment>core/assess/compared.py</extracomment>
        <translation>“{name}”含有填充值 {fill:.6g}，其规则“{rule}”会把它纳入比较：请将其标为无数据值，或在规则中加入“drop {fill:.6g}”。</translation>
    </message>
    <message>
        <source>{n_years} years, {first_year} to {last_year}; windows {labels}.</source>
        <extracomment>raster/assess/change.py</extracomment>
        <translation>{n_years} 年，{first_year} 至 {last_year}；时段 {labels}。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has no permafrost under its rule &apos;{rule}&apos; of {parameter}; its values range from {low:g} to {high:g}. Kappa says little or is undefined.</source>
        <extracomment>raster/assess/comparemaps.py</extracomment>
        <translation>按 {parameter} 的规则“{rule}”，“{name}”没有多年冻土；其值范围为 {low:g} 至 {high:g}。Kappa 系数意义不大或无定义。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is finer than &apos;{target}&apos;: its rule is applied to {parts} x {parts} parts of each cell, and a cell is permafrost where permafrost covers at least half of what is compared in it.</source>
        <extracomment>raster/assess/comparemaps.py</extracomment>
        <translation>“{name}”比“{target}”细：其规则用于每个像元的 {parts} x {parts} 个部分，若多年冻土至少占其中比较部分的一半，则该像元为多年冻土。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is resampled to the cells of &apos;{target}&apos; by the nearest cell.</source>
        <extracomment>raster/assess/comparemaps.py</extracomment>
        <translation>“{name}”以最邻近像元重采样到“{target}”的像元。</translation>
    </message>
    <message>
        <source>no LST stack has the day; they begin on {first_day} and end on {last_day}</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>没有 LST 影像序列包含该日；它们始于 {first_day}，止于 {last_day}</translation>
    </message>
    <message>
        <source>{name}, from {first_day} to {last_day}, has no day in common with {before}, from {first_other} to {last_other}: give stacks of the same days.</source>
        <extracomment>raster/gst/overpasses.py</extracomment>
        <translation>{name}（{first_day} 至 {last_day}）与 {before}（{first_other} 至 {last_other}）没有共同的日期：请给出相同日期的影像序列。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; is not used: another layer is &apos;{used_name}&apos; of table &apos;{table_name}&apos;.</source>
        <extracomment>raster/permafrost/rk.py</extracomment>
        <translation>不使用图层“{name}”：另一图层是表“{table_name}”的“{used_name}”。</translation>
    </message>
    <message>
        <source>No scene lies between {start} and {end}; the scenes are of {first_day} to {last_day}: set START and END.</source>
        <extracomment>raster/prepare/search.py</extracomment>
        <translation>{start} 与 {end} 之间没有影像；影像的日期为 {first_day} 至 {last_day}：请设定 START 和 END。</translation>
    </message>
    <message>
        <source>The scenes are in {scenes_crs} and CRS is {wanted_crs}: give the cell size in units of CRS as RESOLUTION, or choose a GRID.</source>
        <extracomment>raster/prepare/target.py</extracomment>
        <translation>影像为 {scenes_crs}，而 CRS 为 {wanted_crs}：请以 CRS 的单位在 RESOLUTION 中给出像元大小，或选择 GRID。</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; holds the class {value}, which is not in its legend ({legend}): give a permafrost map, or one with an attribute table.</source>
        <extracomment>raster/publish/rasters.py</extracomment>
        <translation>栅格“{name}”含有类别 {value}，不在其图例（{legend}）中：请给出多年冻土图，或带属性表的图。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; reaches to {last_day} and &apos;{after_name}&apos; begins on {first_day}: give stacks that follow each other, each day once.</source>
        <extracomment>raster/read/series.py</extracomment>
        <translation>“{name}”止于 {last_day}，而“{after_name}”始于 {first_day}：请给出前后相接的影像序列，每日一次。</translation>
    </message>
    <message>
        <source>The value {value:g} cannot be stored between {low:g} and {high:g}: check scale and units of the inputs.</source>
        <extracomment>raster/write/storage.py</extracomment>
        <translation>值 {value:g} 无法存储于 {low:g} 至 {high:g} 之间：请检查输入的比例和单位。</translation>
    </message>
    <message>
        <source>{method} The kriging standard deviation of gaps was adapted to the errors with which the known cells beside them are predicted from others.</source>
        <extracomment>core/lst/recipe.py</extracomment>
        <translation>{method}缺测处的克里格标准差按其旁的有值像元由其他像元预测时的误差作了调整。</translation>
    </message>
    <message>
        <source>For each scene a trend is fitted to the known cells, the residuals are kriged from the known cells around each gap, and the trend is added back. Known cells are copied as they are stored, bit for bit. The kriging standard deviation states the uncertainty of an estimate: plus or minus two of them is a 95 % interval. Unless the variogram was given, it is larger where known cells beside the gap differ more from what others predict than they do elsewhere in the scene, and smaller where they differ less.</source>
        <extracomment>permafrost:filllstgaps</extracomment>
        <translation>对每景影像，先用有值像元拟合趋势，再由缺测周围的有值像元对残差做克里格插值，最后加回趋势。有值像元按存储的数值原样复制，逐位相同。克里格标准差说明估计值的不确定性：正负两倍标准差即 95% 区间。除非变异函数是给定的，缺测旁的有值像元与由其他像元所作预测之差大于整景的一般水平处，标准差较大；小于一般水平处则较小。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; would have {width} x {height} cells in {bands} bands, more than the {most:g} in all that are written to one file: cut the inputs to a part of the region, or align them to larger cells.</source>
        <extracomment>raster/write/writer.py</extracomment>
        <translation>“{path}”将有 {width} x {height} 个像元、{bands} 个波段，超过了写入一个文件的总像元数上限 {most:g}：请将输入裁剪到区域的一部分，或将其对齐到更大的像元。</translation>
    </message>
    <message>
        <source>All workers of the cluster {address} are gone, and none has come for {minutes} minutes: start workers, then the run again.</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>集群 {address} 的所有工作节点都已消失，{minutes} 分钟内也没有新的加入：请启动工作节点，再重新运行。</translation>
    </message>
    <message>
        <source>MAPS is given with what is only for TTOP: leave out {alien}.</source>
        <extracomment>algorithms/assess/change.py</extracomment>
        <translation>给出 MAPS 的同时给出了只用于 TTOP 的参数：请去掉 {alien}。</translation>
    </message>
    <message>
        <source>START_DATE dates the first band of one stack, and {name} has {count} stacks: write the dates into the band descriptions.</source>
        <extracomment>algorithms/gst/overpasses.py</extracomment>
        <translation>START_DATE 只给出一个影像序列首波段的日期，而 {name} 有 {count} 个影像序列：请将日期写入波段描述。</translation>
    </message>
    <message>
        <source>a list with a number between {low:g} and {high:g} in place of {number:g}</source>
        <extracomment>core/gst/document.py</extracomment>
        <translation>以 {low:g} 至 {high:g} 之间的数代替 {number:g} 的列表</translation>
    </message>
    <message>
        <source>Permafrost in the presence field</source>
        <extracomment>permafrost:boreholes</extracomment>
        <translation>实测字段中代表多年冻土的值</translation>
    </message>
    <message>
        <source>Stored x SCALE + OFFSET is in K: 273.15 for files in °C. By default that of the product.</source>
        <extracomment>permafrost:buildlststack</extracomment>
        <translation>存储值 x SCALE + OFFSET 的单位为 K：单位为 °C 的文件取 273.15。默认采用数据产品的值。</translation>
    </message>
    <message>
        <source>The map is nodata outside of it. Polygons, or a raster whose values above 0 count.</source>
        <extracomment>permafrost:classify</extracomment>
        <translation>流域以外为无数据值 (nodata)。面，或栅格（大于 0 的像元计入）。</translation>
    </message>
    <message>
        <source>Of the picture, and of rasters in the PDF.</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>图片以及 PDF 中栅格的分辨率。</translation>
    </message>
    <message>
        <source>Whichever makes the map larger</source>
        <extracomment>permafrost:maplayout</extracomment>
        <translation>以使图较大者为准</translation>
    </message>
    <message>
        <source>Number of years</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>年数</translation>
    </message>
    <message>
        <source>Years that are simulated, starting in 2019.</source>
        <extracomment>permafrost:sampledata</extracomment>
        <translation>模拟的年数，从 2019 年起。</translation>
    </message>
    <message>
        <source>TTOP per year [°C]</source>
        <extracomment>permafrost:seriesatpoint</extracomment>
        <translation>逐年 TTOP [°C]</translation>
    </message>
    <message>
        <source>The scheduler</source>
        <extracomment>raster/run/cluster.py</extracomment>
        <translation>调度器</translation>
    </message>
    <message>
        <source>E is {edaphic_factor:.4f} m (°C d)^-1/2.</source>
        <extracomment>algorithms/permafrost/activelayer.py</extracomment>
        <translation>E 为 {edaphic_factor:.4f} m (°C d)^-1/2。</translation>
    </message>
    <message>
        <source>, and seems to be in kelvin: subtract {zero_celsius} to give °C</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>，似乎以开尔文为单位：请减去 {zero_celsius} 换算为 °C</translation>
    </message>
    <message>
        <source>, and seems to be in °C: give temperatures in the unit that is chosen</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>，似乎以 °C 为单位：请给出所选单位的温度</translation>
    </message>
    <message>
        <source>, and seems to hold MODIS digital numbers: multiply by 0.02 and subtract {zero_celsius} to give °C</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>，似乎是 MODIS 的整数编码值：请乘以 0.02 再减去 {zero_celsius} 换算为 °C</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds {flat:.6g}, and ground temperatures lie between {low:g} and {high:g} °C: subtract {zero_celsius} from kelvin, or tag the fill value as nodata.</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>图层“{name}”的值为 {flat:.6g}，而地温应在 {low:g} 至 {high:g} °C 之间：若为开尔文请减去 {zero_celsius}，若为填充值请标为无数据值。</translation>
    </message>
    <message>
        <source>{what} holds whole numbers that vary {ratio:.1f} times as much as those of the rasters (standard deviations {spread:.3g} and {spread_of_rasters:.3g}), and seems to hold tenths of a degree: divide by 10 to give °C.</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>{what}为整数，其变幅是栅格的 {ratio:.1f} 倍（标准差 {spread:.3g} 和 {spread_of_rasters:.3g}），似乎是十分之一度：请除以 10 换算为 °C。</translation>
    </message>
    <message>
        <source>give GST in °C</source>
        <extracomment>core/gst/table.py</extracomment>
        <translation>请以 °C 给出 GST</translation>
    </message>
    <message>
        <source>No cell of &apos;{name}&apos; and &apos;{ttop_name}&apos; has both a value and a TTOP of 0 °C or below: check that they cover the same area, and that it has permafrost.</source>
        <extracomment>raster/permafrost/activelayer.py</extracomment>
        <translation>“{name}”与“{ttop_name}”没有像元既有值又有不高于 0 °C 的 TTOP：请检查两者是否为同一区域，以及其中是否有多年冻土。</translation>
    </message>
    <message>
        <source>Scene &apos;{name}&apos; has the median {median_k:.6g} K, which lies outside {low:g} to {high:g} K: set SCALE, OFFSET and NODATA so that stored x SCALE + OFFSET is in kelvin (an OFFSET of 273.15 takes °C).</source>
        <extracomment>raster/prepare/scenes.py</extracomment>
        <translation>影像“{name}”的中位数为 {median_k:.6g} K，超出 {low:g} 至 {high:g} K：请设定 SCALE、OFFSET 和 NODATA，使存储值 x SCALE + OFFSET 以开尔文为单位（存储值为 °C 时 OFFSET 取 273.15）。</translation>
    </message>
    <message>
        <source>{which} has the median {median}, which is kelvin rather than °C: subtract {zero_celsius} with the raster calculator, or build the stack by &apos;Build LST stacks&apos;.</source>
        <extracomment>raster/read/stack.py</extracomment>
        <translation>{which}的中位数为 {median}，是开尔文而不是 °C：请用栅格计算器减去 {zero_celsius}，或用“构建 LST 影像序列”构建。</translation>
    </message>
    <message>
        <source>{which} has the median {median}, which is neither °C nor kelvin and seems to be a number without its scale: assign scale and offset to the bands, as 0.02 and -273.15 for MODIS, or build the stack by &apos;Build LST stacks&apos;.</source>
        <extracomment>raster/read/stack.py</extracomment>
        <translation>{which}的中位数为 {median}，既不是 °C 也不是开尔文，似乎是未乘比例的数：请为波段指定比例和偏移，如 MODIS 为 0.02 和 -273.15，或用“构建 LST 影像序列”构建。</translation>
    </message>
    <message>
        <source>Fitting and cross-validating the model on {rows} rows ...</source>
        <extracomment>algorithms/gst/fitgstmodel.py</extracomment>
        <translation>正在用 {rows} 行数据拟合并交叉验证模型……</translation>
    </message>
    <message>
        <source>Numba compiles the code of kriging, once after an installation; meanwhile there is no progress ...</source>
        <extracomment>algorithms/lst/jobs.py</extracomment>
        <translation>Numba 正在编译克里格插值的代码，安装后仅需一次；其间没有进度显示……</translation>
    </message>
    <message>
        <source>&apos;{landcover}&apos; holds only the classes {listed}, as maps of ESA WorldCover, GlobeLand30 and FROM-GLC do, where they do not mean what they mean in table &apos;{name}&apos;: use a table of your own for that map, or, for a map of ESA CCI, a copy of &apos;{name}&apos; under another name.</source>
        <extracomment>core/permafrost/rk.py</extracomment>
        <translation>“{landcover}”只含类别 {listed}，与 ESA WorldCover、GlobeLand30 和 FROM-GLC 的图相同，而这些代码在其中的含义与表“{name}”不同：请使用该图的自定义表；若确为 ESA CCI 的图，请使用“{name}”的另名副本。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; is exactly 0 °C in {share:.3g} % of its cells, which seems to be a background rather than a temperature: tag 0 as nodata.</source>
        <extracomment>core/permafrost/ttop.py</extracomment>
        <translation>图层“{name}”有 {share:.3g} % 的像元恰为 0 °C，这似乎是背景而不是温度：请将 0 标记为无数据。</translation>
    </message>
    <message>
        <source>&apos;{names}&apos; leaves no ground with a TTOP in the map: in a raster of glaciers or lakes each value above 0 counts, so set all others to 0 or tag them as nodata.</source>
        <extracomment>raster/permafrost/classify.py</extracomment>
        <translation>“{names}”使图中没有任何具有 TTOP 的地面：冰川或湖泊栅格中每个大于 0 的值都计入，因此请将其余值设为 0 或标记为无数据。</translation>
    </message>
    <message>
        <source>&apos;{label}&apos; is given before &apos;{following}&apos;, and maps have to be in the order of time: give the earliest first, or label them in PERIODS if these years are not their times.</source>
        <extracomment>algorithms/assess/change.py</extracomment>
        <translation>“{label}”排在“{following}”之前，而各图必须按时间顺序给出：请把最早的放在最前；若这些年份不是图的时间，请在 PERIODS 中为各图命名。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds {number} features of several points in different places: convert them to single points by &apos;Multipart to singleparts&apos;.</source>
        <extracomment>raster/read/points.py</extracomment>
        <translation>图层“{name}”有 {number} 个要素由不同位置的多个点组成：请用“多部件转单部件”将其转换为单点。</translation>
    </message>
    <message>
        <source>Polygons of &apos;{name}&apos; with different values overlap in {percent:.3g} % of the area that they cover; each place counts for the last of them alone.</source>
        <extracomment>raster/read/vectors.py</extracomment>
        <translation>“{name}”中取值不同的多边形在其覆盖面积的 {percent:.3g} % 内相互重叠；每处只计入其中最后一个多边形。</translation>
    </message>
    <message>
        <source>{percent:.3g} % of the area of &apos;{name}&apos; holds {value}, which seems to stand for no value, and counts as ground: tag {value} as nodata.</source>
        <extracomment>core/assess/areastatistics.py</extracomment>
        <translation>“{name}”有 {percent:.3g} % 的面积为 {value}，它似乎表示无值，却按地面计入：请将 {value} 标记为无数据。</translation>
    </message>
    <message>
        <source>{cells} cells of &apos;{name}&apos; hold {value}, which seems to stand for no value, and count as ground without permafrost: tag {value} as nodata, or exclude it.</source>
        <extracomment>core/assess/binary.py</extracomment>
        <translation>“{name}”有 {cells} 个像元为 {value}，它似乎表示无值，却按无多年冻土的地面计入：请将 {value} 标记为无数据，或将其排除。</translation>
    </message>
    <message>
        <source>{algorithm}: {output}</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>{algorithm}：{output}</translation>
    </message>
    <message>
        <source>&apos;{stack}&apos;: {scenes} scenes on {grid}.</source>
        <extracomment>algorithms/lst/filllstgaps.py</extracomment>
        <translation>“{stack}”：{scenes} 景影像，{grid}。</translation>
    </message>
    <message>
        <source>Permafrost covers {mean} on average over the members, and {low} to {high} in 90 % of them.</source>
        <extracomment>algorithms/permafrost/probability.py</extracomment>
        <translation>集合成员的多年冻土面积平均为 {mean}，其中 90% 的成员在 {low} 至 {high} 之间。</translation>
    </message>
    <message>
        <source>{title} - run {number}</source>
        <extracomment>algorithms/project.py</extracomment>
        <translation>{title} - 第 {number} 次运行</translation>
    </message>
    <message>
        <source>for example &apos;{value}&apos; in row {first}</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>例如第 {first} 行的“{value}”</translation>
    </message>
    <message>
        <source>for example in row {first}</source>
        <extracomment>core/gst/rows.py</extracomment>
        <translation>例如第 {first} 行</translation>
    </message>
    <message>
        <source>{scene}: {reasons}.</source>
        <extracomment>core/lst/filled.py</extracomment>
        <translation>{scene}：{reasons}。</translation>
    </message>
    <message>
        <source>Glaciers cover {area}, computed from fractions of cells.</source>
        <extracomment>core/permafrost/classify.py</extracomment>
        <translation>冰川面积 {area}，由像元的比例计算。</translation>
    </message>
    <message>
        <source>Lakes cover {area}, computed from fractions of cells.</source>
        <extracomment>core/permafrost/classify.py</extracomment>
        <translation>湖泊面积 {area}，由像元的比例计算。</translation>
    </message>
    <message>
        <source>The basin covers {area}, computed from fractions of cells.</source>
        <extracomment>core/permafrost/classify.py</extracomment>
        <translation>流域面积 {area}，由像元的比例计算。</translation>
    </message>
    <message>
        <source>Permafrost in equilibrium with the climate: {first} in {first_period}, {last} in {last_period}; no longer {no_longer}, newly {newly}.</source>
        <extracomment>core/reports/change.py</extracomment>
        <translation>与气候平衡的多年冻土：{first_period} 为 {first}，{last_period} 为 {last}；不再平衡 {no_longer}，新近平衡 {newly}。</translation>
    </message>
    <message>
        <source>give stacks of the observed days</source>
        <extracomment>raster/gst/matchup.py</extracomment>
        <translation>给出观测日期的影像序列</translation>
    </message>
    <message>
        <source>average</source>
        <extracomment>raster/read/rasters.py</extracomment>
        <translation>平均</translation>
    </message>
    <message>
        <source>bilinear</source>
        <extracomment>raster/read/rasters.py</extracomment>
        <translation>双线性</translation>
    </message>
    <message>
        <source>mode</source>
        <extracomment>raster/read/rasters.py</extracomment>
        <translation>众数</translation>
    </message>
    <message>
        <source>nearest</source>
        <extracomment>raster/read/rasters.py</extracomment>
        <translation>最邻近</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is exactly 0 °C in {share:.3g} % of its cells{on}, where hardly any other is near 0, so these seem to be gaps: tag 0 as nodata.</source>
        <extracomment>raster/read/stack.py</extracomment>
        <translation>“{name}”{on}有 {share:.3g} % 的像元恰为 0 °C，而几乎没有其他像元接近 0，因此这些似乎是缺测：请将 0 标记为无数据。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds more than {most:g} °C d in {percent:.3g} % of the cells with permafrost, up to {highest:.6g}, and permafrost does not thaw that much in a year: divide sums over several years by their number.</source>
        <extracomment>core/permafrost/activelayer.py</extracomment>
        <translation>图层“{name}”在 {percent:.3g} % 的多年冻土像元中超过 {most:g} °C d，最大为 {highest:.6g}，而多年冻土一年内不会有这么多融化：请将多年之和除以年数。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds {highest:.3g} °C d at most where there is permafrost, as temperatures would: check that it holds degree days of a year.</source>
        <extracomment>core/permafrost/activelayer.py</extracomment>
        <translation>图层“{name}”在有多年冻土处最大仅为 {highest:.3g} °C d，像是温度：请检查它是否为一年的融化指数。</translation>
    </message>
    <message>
        <source>DDT and DDF add up to {largest:.6g} °C d at most in &apos;{ddt_name}&apos; and &apos;{ddf_name}&apos;, which seem to hold temperatures, and degree days are sums over a year: compute them from daily temperatures by &apos;Degree days&apos;.</source>
        <extracomment>core/permafrost/ttop.py</extracomment>
        <translation>“{ddt_name}”与“{ddf_name}”中 DDT 与 DDF 之和最大仅为 {largest:.6g} °C d，似乎是温度，而冻融指数是一年之和：请用“冻融指数”由日温度计算。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds {highest:.6g} °C d, and no year has more than {most:g}: sum temperatures in °C, not in kelvin, over a single year, divide sums over several years by their number, and tag the fill value as nodata.</source>
        <extracomment>core/permafrost/ttop.py</extracomment>
        <translation>图层“{name}”的值为 {highest:.6g} °C d，而任何一年都不会超过 {most:g}：请对单独一年以 °C 而非开尔文表示的温度求和，将多年之和除以年数，并将填充值标为无数据值。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds {lowest:.6g} and {highest:.6g}, which seem to be temperatures, and degree days are sums over a year, 0 or more: compute them from daily temperatures by &apos;Degree days&apos;.</source>
        <extracomment>core/permafrost/ttop.py</extracomment>
        <translation>图层“{name}”含有 {lowest:.6g} 和 {highest:.6g}，似乎是温度，而冻融指数是一年之和，不小于 0：请用“冻融指数”由日温度计算。</translation>
    </message>
    <message>
        <source>{too_large} of {cells} cells hold more DDT and DDF than a single year has, for example {ddt:.6g} and {ddf:.6g} in &apos;{ddt_name}&apos; and &apos;{ddf_name}&apos;: give degree days of a year, and divide sums over several years by their number.</source>
        <extracomment>core/permafrost/ttop.py</extracomment>
        <translation>{cells} 个像元中有 {too_large} 个的 DDT 和 DDF 都超过单独一年所能有的值，例如“{ddt_name}”和“{ddf_name}”中的 {ddt:.6g} 和 {ddf:.6g}：请给出一年的冻融指数，并将多年之和除以年数。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds values up to {highest:.6g}, as percentages, and its rule &apos;{rule}&apos; compares them with a fraction: write &apos;{sign} {percent:g}&apos; if they are in percent.</source>
        <extracomment>core/assess/compared.py</extracomment>
        <translation>“{name}”的值最大为 {highest:.6g}，像是百分数，而其规则“{rule}”把它们与小数比较：如果它们以百分数表示，请写成“{sign} {percent:g}”。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is exactly 0 in {share:.3g} % of the cells that its rule &apos;{rule}&apos; compares, which seems to be a background: tag 0 as nodata, or add &apos;drop 0&apos; to the rule.</source>
        <extracomment>core/assess/compared.py</extracomment>
        <translation>在规则“{rule}”所比较的像元中，“{name}”有 {share:.3g} % 恰为 0，这似乎是背景：请将 0 标记为无数据，或在规则中加入“drop 0”。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds whole numbers that vary {ratio:.1f} times as much as {what} (standard deviations {spread:.3g} and {spread_of_points:.3g}), and seems to hold tenths of a degree: divide by 10 to give °C.</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>图层“{name}”为整数，其变化是{what}的 {ratio:.1f} 倍（标准差 {spread:.3g} 与 {spread_of_points:.3g}），似乎以 0.1 °C 为单位：请除以 10 得到 °C。</translation>
    </message>
    <message>
        <source>{what} is 0 in all {count} rows that have a value, so 0 seems to stand for no value: leave cells without a temperature empty, or choose another field.</source>
        <extracomment>core/celsius.py</extracomment>
        <translation>{what}在全部 {count} 个有值的行中均为 0，因此 0 似乎表示无值：没有温度的单元格请留空，或选择其他字段。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds {second} and also {highest}, which seems to stand for no value, and each value above 0 counts as covered: tag {highest} as nodata, or set it to {second}.</source>
        <extracomment>raster/run/covers.py</extracomment>
        <translation>“{name}”含有 {second} 和 {highest}，后者似乎表示无值，而大于 0 的每个值都按已覆盖计入：请将 {highest} 标记为无数据，或将其设为 {second}。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is tagged with the unit &apos;{tag}&apos;, and {needed} is needed: {remedy}, or correct the unit of its bands if the numbers are in {needed}.</source>
        <extracomment>core/units.py</extracomment>
        <translation>“{name}”标注的单位为“{tag}”，而需要的是 {needed}：请{remedy}，或者，如果其数值以 {needed} 为单位，请更正各波段的单位。</translation>
    </message>
    <message>
        <source>choose another raster</source>
        <extracomment>core/units.py</extracomment>
        <translation>选择其他栅格</translation>
    </message>
    <message>
        <source>divide by 1.8</source>
        <extracomment>core/units.py</extracomment>
        <translation>除以 1.8</translation>
    </message>
    <message>
        <source>divide by 10</source>
        <extracomment>core/units.py</extracomment>
        <translation>除以 10</translation>
    </message>
    <message>
        <source>divide by 100</source>
        <extracomment>core/units.py</extracomment>
        <translation>除以 100</translation>
    </message>
    <message>
        <source>divide by 1000</source>
        <extracomment>core/units.py</extracomment>
        <translation>除以 1000</translation>
    </message>
    <message>
        <source>multiply by 0.3048</source>
        <extracomment>core/units.py</extracomment>
        <translation>乘以 0.3048</translation>
    </message>
    <message>
        <source>multiply by 1000</source>
        <extracomment>core/units.py</extracomment>
        <translation>乘以 1000</translation>
    </message>
    <message>
        <source>subtract 32 and divide by 1.8</source>
        <extracomment>core/units.py</extracomment>
        <translation>减去 32 再除以 1.8</translation>
    </message>
    <message>
        <source>{which} has the median {median}, and no land surface is that hot in °C, so it seems to be in °F: subtract 32 and divide by 1.8 with the raster calculator.</source>
        <extracomment>raster/read/stack.py</extracomment>
        <translation>{which}的中位数为 {median}，以 °C 计没有哪种地表会这么热，因此似乎以 °F 为单位：请用栅格计算器减去 32 再除以 1.8。</translation>
    </message>
    <message>
        <source>To repeat this run, save to files what exists only in this session of QGIS ({inputs}), and write their paths into this line: {command}</source>
        <extracomment>algorithms/task.py</extracomment>
        <translation>要重复此次运行，请先将仅存在于本次 QGIS 会话中的数据（{inputs}）保存为文件，并将其路径写入此行：{command}</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is a table without geometries: make a layer of its columns of coordinates by &apos;Create points layer from table&apos;, and choose that one.</source>
        <extracomment>algorithms/layers/features.py</extracomment>
        <translation>“{name}”是没有几何图形的表：请用“由表格创建点图层”将其坐标列制成图层，并选择该图层。</translation>
    </message>
    <message>
        <source>, which seems to be {encoding}</source>
        <extracomment>algorithms/layers/encoding.py</extracomment>
        <translation>（似乎为 {encoding}）</translation>
    </message>
    <message>
        <source>All {count} features of &apos;{name}&apos; are used, not only the selected ones ({selected}): save these as a layer if only they are meant.</source>
        <extracomment>algorithms/layers/features.py</extracomment>
        <translation>将使用“{name}”的全部 {count} 个要素，而不仅是选中的要素（{selected} 个）：如果只想使用后者，请将其另存为图层。</translation>
    </message>
    <message>
        <source>Layer &apos;{name}&apos; holds texts in another encoding than QGIS takes it to have{encoding}: choose that in the properties of the layer, or write its name into the file &apos;{cpg}&apos;.</source>
        <extracomment>algorithms/layers/encoding.py</extracomment>
        <translation>图层“{name}”中文本的编码与 QGIS 所认为的不同{encoding}：请在图层属性中选择其编码，或将编码名称写入文件“{cpg}”。</translation>
    </message>
    <message>
        <source>Without a name in field &apos;{field}&apos; are {empty} of the {count} features of &apos;{name}&apos;, which are listed as &apos;None&apos; or without a name: fill in the field.</source>
        <extracomment>algorithms/layers/features.py</extracomment>
        <translation>“{name}”的 {count} 个要素中有 {empty} 个在字段“{field}”中没有名称，列为“None”或无名称：请填写该字段。</translation>
    </message>
    <message>
        <source>Without a value in field &apos;{field}&apos; are {empty} of the {count} features of &apos;{name}&apos;, which are not compared.</source>
        <extracomment>algorithms/layers/features.py</extracomment>
        <translation>“{name}”的 {count} 个要素中有 {empty} 个在字段“{field}”中没有值，不参与比较。</translation>
    </message>
    <message>
        <source>{name} is given as the selected features of a layer, and whole layers are read here: save the selected features as a layer, and choose that one.</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>{name} 给出的是图层的选中要素，而这里读取整个图层：请将选中要素另存为图层，并选择该图层。</translation>
    </message>
    <message>
        <source>MAP &apos;{name}&apos; has no cell of the classes 1, permafrost, and 2, seasonally frozen ground, where DDT lies (it holds {listed}): give a map from &apos;Permafrost map&apos;.</source>
        <extracomment>raster/permafrost/probability.py</extracomment>
        <translation>MAP“{name}”在 DDT 所在处没有类别 1（多年冻土）和 2（季节冻土）的像元（其值为 {listed}）：请给出由“多年冻土图”制作的图。</translation>
    </message>
    <message>
        <source>no value</source>
        <extracomment>raster/permafrost/probability.py</extracomment>
        <translation>无值</translation>
    </message>
    <message>
        <source>Raster &apos;{name}&apos; holds the value {written} {where}: give a class map, for example one from &apos;Permafrost map&apos;, or round the numbers if they are classes.</source>
        <extracomment>raster/read/classes.py</extracomment>
        <translation>栅格“{name}”含有值 {written}，{where}：请给出分类图，例如由“多年冻土图”制作的图；如果这些数就是类别，请将其取整。</translation>
    </message>
    <message>
        <source>&apos;{stack}&apos;: one scene on {grid}.</source>
        <extracomment>algorithms/lst/filllstgaps.py</extracomment>
        <translation>“{stack}”：1 景影像，{grid}。</translation>
    </message>
    <message>
        <source>Gaps filled: {filled}.</source>
        <extracomment>algorithms/lst/filllstgaps.py</extracomment>
        <translation>已插补 {filled} 个缺测。</translation>
    </message>
    <message>
        <source>variogram guessed from the variance: too few known cells to estimate it ({size})</source>
        <extracomment>core/lst/fill.py</extracomment>
        <translation>变异函数由方差推定：{size} 个有值像元不足以估计</translation>
    </message>
    <message>
        <source>A variogram cannot be estimated from known cells of this number ({size}) and spread ({ptp:g}): give nugget, sill and range instead, or another scene.</source>
        <extracomment>core/lst/likelihood.py</extracomment>
        <translation>由 {size} 个变幅为 {ptp:g} 的有值像元无法估计变异函数：请直接给出块金值、基台值和变程，或另选影像。</translation>
    </message>
    <message>
        <source>Too few known cells to compare with their neighbours ({known}): give at least {min_cells}.</source>
        <extracomment>core/lst/likelihood.py</extracomment>
        <translation>{known} 个有值像元不足以与邻近点比较：请给出至少 {min_cells} 个。</translation>
    </message>
    <message>
        <source>too few known cells to fit a slope ({usable})</source>
        <extracomment>core/lst/trend.py</extracomment>
        <translation>{usable} 个有值像元不足以拟合斜率</translation>
    </message>
    <message>
        <source>A variogram cannot be fitted to known cells of this number ({size}) and spread ({ptp:g}): give nugget, sill and range instead.</source>
        <extracomment>core/lst/variogram.py</extracomment>
        <translation>由 {size} 个变幅为 {ptp:g} 的有值像元无法拟合变异函数：请直接给出块金值、基台值和变程。</translation>
    </message>
    <message>
        <source>In {cells} of {every} cells DDT and DDF have a combination that no year has, for example {ddt:.6g} and {ddf:.6g} in &apos;{ddt_name}&apos; and &apos;{ddf_name}&apos;, and are treated as missing: tag the fill value as nodata.</source>
        <extracomment>core/permafrost/ttop.py</extracomment>
        <translation>{every} 个像元中有 {cells} 个的 DDT 与 DDF 组合不可能出现于任何一年，例如“{ddt_name}”和“{ddf_name}”中的 {ddt:.6g} 和 {ddf:.6g}，按缺测处理：请将填充值标为无数据值。</translation>
    </message>
    <message>
        <source>{name} &apos;{value}&apos; holds several rasters and none of its own: choose one of them, such as &apos;{inside}&apos;.</source>
        <extracomment>algorithms/refusal.py</extracomment>
        <translation>{name}“{value}”包含多个栅格，而自身不是栅格：请选择其中之一，例如“{inside}”。</translation>
    </message>
    <message>
        <source>its last bytes are missing</source>
        <extracomment>raster/write/writer.py</extracomment>
        <translation>文件末尾缺少数据</translation>
    </message>
    <message>
        <source>No class of &apos;{name}&apos; has an r_k in table &apos;{table_name}&apos;, in which water and ice have none: choose a map with land, or the table of that map.</source>
        <extracomment>raster/permafrost/rk.py</extracomment>
        <translation>“{name}”的类别在表“{table_name}”中均无 r_k（水体和冰没有 r_k）：请选择含有陆地的图，或与该图对应的表。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is exactly 0 in {share:.3g} % of the cells that its rule &apos;{rule}&apos; compares, which count as ground without permafrost: tag 0 as nodata if it is a background.</source>
        <extracomment>core/assess/compared.py</extracomment>
        <translation>在规则“{rule}”所比较的像元中，“{name}”有 {share:.3g} % 恰为 0，均计为无多年冻土：若为背景，请将 0 标记为无数据。</translation>
    </message>
    <message>
        <source>Table &apos;{name}&apos; has more than {rows:,} rows: give one row per station and day, or the tables of fewer stations or years.</source>
        <extracomment>algorithms/layers/tables.py</extracomment>
        <translation>表“{name}”超过 {rows:,} 行：请让每个站点每天只占一行，或分站点、分年份给出表格。</translation>
    </message>
    <message>
        <source>{rows:,} rows of table &apos;{name}&apos; are read ...</source>
        <extracomment>algorithms/reading.py</extracomment>
        <translation>已读取表“{name}”的 {rows:,} 行……</translation>
    </message>
    <message>
        <source>At work for {seconds:.0f} s ...</source>
        <extracomment>algorithms/task.py</extracomment>
        <translation>运行中，已用 {seconds:.0f} 秒……</translation>
    </message>
    <message>
        <source>Longitudes from {first:g} to {last:g} are no degrees, which go around the Earth once: assign the right CRS to the layer, or get its file again.</source>
        <extracomment>raster/grid/longitudes.py</extracomment>
        <translation>经度 {first:g} 至 {last:g} 不是度数（绕地球一周为 360 度）：请为图层指定正确的坐标系，或重新获取文件。</translation>
    </message>
</context>
</TS>
