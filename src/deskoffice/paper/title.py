"""Breaks a title into lines at sense, in the shape of a trapezium or a diamond."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, product

from deskoffice.paper.breaker import NO_END, NO_START

LONGEST_LINE = 20
"""Characters of 二号 that the type area holds."""

LATIN = 0.58
"""Width of a figure of 小标宋, which is wider than half a character."""

MOST_LINES = 4
WORST_SPLIT = 60.0
"""A title is rather left in its usual lines than broken against the sense."""

VOCABULARY = (
    "防汛抗旱 抢险救灾 安全生产 乡村振兴 经济社会 机关事务 营商环境 国民经济 公共服务 应急管理",
    "自然资源 生态环境 市场监管 食品药品 道路交通 人居环境 粮食安全 耕地保护 招商引资 党风廉政",
    "切实做好 切实加强 进一步做好 进一步加强 切实",
    "关于 印发 转发 批转 工作 方案 意见 通知 通报 报告 请示 批复 决定 公告 通告 纪要 会议",
    "实施 管理 办法 规定 细则 条例 制度 加强 进一步 做好 开展 推进 深化 落实 贯彻 召开 举办",
    "调整 成立 建立 完善 规范 健全 公布 命名 表彰 奖励 任免 聘任 报送 申请 解决 支持 促进",
    "提升 提高 优化 领导小组 人民政府 办公室 办公厅 委员会 管委会 党工委 党委 县委 市委 省委",
    "区委 政府 部门 单位 建设 发展 安全 生产 经济 社会 环境 保护 生态 农业 农村 乡村 振兴",
    "脱贫 攻坚 教育 卫生 健康 文化 旅游 体育 交通 水利 防汛 抗旱 森林 防火 地质 灾害 应急",
    "预案 救援 处置 值班 值守 节假日 春节 国庆 期间 公文 处理 档案 保密 印章 督查 督办 考核",
    "评价 绩效 目标 责任 任务 分工 分解 计划 规划 总结 谋划 重点 项目 投资 招商 引资 企业",
    "服务 改革 创新 行政 审批 审计 监督 检查 整治 防控 专项 行动 活动 试点 示范 基层 治理 信访",
    "稳定 法治 依法 执法 普法 财政 预算 资金 补助 税收 金融 土地 房屋 征收 拆迁 城市 城镇",
    "城区 街道 社区 乡镇 人口 就业 创业 社会保险 民政 残疾人 老年人 妇女 儿童 青年 学生 干部",
    "人员 队伍 培训 学习 党史 主题 精神 决策 部署 全面 全县 全市 全区 全省 我县 我市 年度",
    "上半年 下半年 第一 第二 第三 先进 集体 个人 建议 提案 办理 征求 有关 事项 问题 情况 若干",
    "措施 政策 机制 体系 系统 信息 公开 数据 网络 电子 政务 平台 热线 群众 党政机关 事业单位",
)
"""Words that a line end must not cut; a title is too short for statistics and too precious for a guess."""

PLACE = re.compile(r"^.{1,4}?[省市县区州旗]")
"""The place in an issuer's name, 清河县 of 清河县人民政府: it stays whole wherever the title repeats it."""

BEFORE = (
    *("关于", "印发", "转发", "批转", "进一步", "做好", "加强", "开展", "推进", "召开", "成立", "调整", "表彰", "公布"),
)
STICKY_START = "的和与及或之等了"


def title_lines(title: str, issuers: Sequence[str] = ()) -> list[str]:
    """The lines of a title; a line break the drafter typed is kept."""
    return title_options(title, issuers)[0]


def title_options(title: str, issuers: Sequence[str] = ()) -> list[list[str]]:
    """The best lines of a title first, then the best with a line more or less, for a page that needs the room."""
    if "\n" in title:
        return [[line.strip() for line in title.split("\n") if line.strip()]]
    length = _length(title)
    least = int(-(-length // LONGEST_LINE))
    if least > MOST_LINES:
        return [_by_length(title)]
    penalties = _cut_penalties(title, issuers)
    usual = int(-(-length // (LONGEST_LINE - 1)))
    best = [
        min(_splits(title, penalties, count), default=None) for count in range(least, min(usual + 1, MOST_LINES) + 1)
    ]
    options = sorted(option for option in best if option is not None)
    if length <= LONGEST_LINE - 1:
        options.sort(key=lambda option: len(option[1]))
    lines = [split for penalty, split in options if penalty < WORST_SPLIT] or [_by_length(title)]
    others = [split for split in lines[1:] if abs(len(split) - len(lines[0])) <= 1 and not _is_block(split)]
    return [lines[0], *others]


def _splits(title: str, penalties: Sequence[float], count: int) -> Iterator[tuple[float, list[str]]]:
    """Every way to break the title into so many lines, with what speaks against it."""
    if count == 1:
        # A title that fills its line from edge to edge is better broken.
        if _width(title) <= LONGEST_LINE:
            yield (0.0 if _length(title) <= LONGEST_LINE - 1 else 30.0), [title]
        return
    reach = [0.0, *accumulate(_length(character) for character in title)]
    for cuts in product(*(_near(reach, penalties, reach[-1] * line / count, count) for line in range(1, count))):
        edges = (0, *cuts, len(title))
        lengths = [reach[end] - reach[start] for start, end in pairwise(edges)]
        widest = max(_width(title[start:end]) for start, end in pairwise(edges))
        if widest <= LONGEST_LINE and min(lengths) >= 3:
            penalty = sum(penalties[cut] for cut in cuts) + _shape_penalty(lengths)
            # Lines of as many signs look like a block, be some of them narrow figures.
            split = [title[start:end].strip() for start, end in pairwise(edges)]
            yield penalty + (20 if _is_block(split) else 0), split


def _is_block(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and len({len(line) for line in lines}) == 1


def _near(reach: Sequence[float], penalties: Sequence[float], target: float, count: int) -> list[int]:
    """Places for a line end around where lines of one length would have it; the more lines, the fewer are tried."""
    span = {2: 9.0, 3: 7.0}.get(count, 3.0)
    inside = [at for at in range(2, len(reach) - 2) if abs(reach[at] - target) <= span and penalties[at] < 100]
    return [at for at in inside if penalties[at] < 30] or inside


def _cut_penalties(title: str, issuers: Sequence[str]) -> list[float]:
    """What speaks against a line end before each character: 100 and more forbids it."""
    penalties = [6.0] * (len(title) + 1)
    for at in range(1, len(title)):
        before, after = title[at - 1], title[at]
        if after in NO_START or before in NO_END or (before.isascii() and after.isascii()) or after.isspace():
            penalties[at] = 100.0
        elif before.isdigit() or after in STICKY_START:
            penalties[at] = 40.0 if before.isdigit() else 16.0
        elif before in "的和与及、》”":
            penalties[at] = 3.0
        elif before.isspace():
            penalties[at] = 0.0
        if title.startswith(BEFORE, at):
            penalties[at] = min(penalties[at], 1.0)
    words = [word for line in VOCABULARY for word in line.split()]
    places = [found.group() for issuer in issuers if (found := PLACE.match(issuer))]
    for word in (*words, *places, *issuers):
        _protect(title, word, penalties)
    for issuer in issuers:
        if issuer and title.startswith(issuer):
            penalties[len(issuer)] = 0.0
    return penalties


def _protect(title: str, word: str, penalties: list[float]) -> None:
    start = title.find(word) if word else -1
    while start >= 0:
        for at in range(start + 1, start + len(word)):
            penalties[at] = max(penalties[at], 30.0)
        start = title.find(word, start + 1)


def _shape_penalty(lengths: Sequence[float]) -> float:
    """Trapezium and diamond are free; equal lines, an hourglass and a very short line are not."""
    steps = [later - earlier for earlier, later in pairwise(lengths)]
    penalty = 6.0 * (len(lengths) - 2) + sum(max(0.0, abs(step) - 6) for step in steps)
    if all(step == 0 for step in steps):
        penalty += 60
    if any(step < 0 for step in steps) and any(step > 0 for step in steps):
        falls_first = next(step for step in steps if step) < 0
        penalty += 40 if falls_first else 0
    return penalty + (10 if min(lengths) < 4 else 0) + (0 if steps[-1] < 0 else 2)


def _by_length(title: str) -> list[str]:
    """Lines of a title so long that its shape no longer matters."""
    size = LONGEST_LINE - 1
    lines = [title[at : at + size] for at in range(0, len(title), size)]
    if len(lines) > 1 and len(lines[-1]) == len(lines[-2]):
        lines[-2], lines[-1] = lines[-2] + lines[-1][0], lines[-1][1:]
    return lines


def _length(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _width(text: str) -> float:
    return sum(LATIN if character.isascii() else 1.0 for character in text)
