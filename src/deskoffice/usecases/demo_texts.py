"""Words of an invented county: people, units, subjects and opinions for the practice vault."""

from random import Random

from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification

COUNTY = "河东县"
OFFICE = "河东县人民政府办公室"
CODE = "东政办发"
ISSUER_MARK = "河东县人民政府办公室文件"
PASSWORD = "lianxi-2026-hedong"  # noqa: S105  printed for everybody who practises

STAFF: tuple[tuple[str, str, str, frozenset[Role], Classification], ...] = (
    ("wangli", "王丽", "机要员", frozenset({Role.CONFIDENTIAL_CLERK}), Classification.SECRET),
    ("zhaoming", "赵明", "秘书科科长", frozenset({Role.SECRETARIAT}), Classification.SECRET),
    ("sunfang", "孙芳", "秘书科科员", frozenset({Role.DRAFTER}), Classification.CONFIDENTIAL),
    ("chenchen", "陈晨", "综合科科员", frozenset({Role.DRAFTER}), Classification.INTERNAL),
    ("liqiang", "李强", "办公室主任", frozenset({Role.OFFICE_LEADER}), Classification.SECRET),
    ("zhangwei", "张伟", "县长", frozenset({Role.SIGNATORY}), Classification.TOP_SECRET),
    ("liuyang", "刘洋", "常务副县长", frozenset({Role.SIGNATORY}), Classification.TOP_SECRET),
    ("zhouyan", "周燕", "印章管理员", frozenset({Role.SEAL_KEEPER}), Classification.SECRET),
    ("wuhao", "吴昊", "会务科科长", frozenset({Role.CONFERENCE_CLERK, Role.SEAL_KEEPER}), Classification.CONFIDENTIAL),
    ("zhengjie", "郑洁", "督查室主任", frozenset({Role.SUPERVISION_CLERK}), Classification.CONFIDENTIAL),
    ("fengjun", "冯军", "档案员", frozenset({Role.ARCHIVIST}), Classification.SECRET),
    ("qianjin", "钱进", "系统管理员", frozenset({Role.SYSTEM_ADMIN}), Classification.INTERNAL),
    ("hanxue", "韩雪", "安全保密管理员", frozenset({Role.SECURITY_ADMIN}), Classification.SECRET),
    ("yangguang", "杨光", "安全审计员", frozenset({Role.AUDIT_ADMIN}), Classification.INTERNAL),
)
"""Login, name, post, roles and clearance."""

RANKED = ("张伟", "刘洋", "马红梅", "高建国", "林志远", "李强")
"""Who sits before whom; the others follow in the order of the staff."""

LEADERS = (("马红梅", "副县长"), ("高建国", "副县长"), ("林志远", "副县长、公安局局长"))

SENDERS = (
    ("东江市人民政府办公室", "东政办发"),
    ("东江市发展和改革委员会", "东发改"),
    ("东江市财政局", "东财预"),
    ("东江市应急管理局", "东应急"),
    ("东江市水利局", "东水"),
    ("东江市教育局", "东教"),
    ("东江市卫生健康委员会", "东卫"),
    ("东江市自然资源和规划局", "东自然资"),
    ("中共河东县委办公室", "河委办"),
    ("河东县人民代表大会常务委员会办公室", "河人办"),
    ("城关镇人民政府", "城政"),
    ("青石乡人民政府", "青政"),
    ("柳河镇人民政府", "柳政"),
    ("白塔镇人民政府", "白政"),
    ("河东县财政局", "河财"),
    ("河东县农业农村局", "河农"),
)

DEPARTMENTS = (
    "县发展和改革局",
    "县财政局",
    "县应急管理局",
    "县水利局",
    "县教育局",
    "县卫生健康局",
    "县自然资源局",
    "县农业农村局",
    "县住房和城乡建设局",
    "县交通运输局",
    "县公安局",
    "城关镇人民政府",
    "青石乡人民政府",
    "柳河镇人民政府",
    "白塔镇人民政府",
)

SUBJECTS = (
    "汛期值班值守工作",
    "安全生产百日攻坚行动",
    "二季度专项资金使用管理",
    "乡镇卫生院改扩建",
    "重点项目建设进展情况",
    "档案执法检查",
    "公务用车管理",
    "秋冬季传染病防控",
    "森林草原防灭火",
    "农村人居环境整治",
    "高标准农田建设",
    "义务教育优质均衡发展",
    "营商环境优化提升",
    "政府债务风险排查",
    "城乡居民医疗保险征缴",
    "地质灾害隐患排查",
    "粮食收购和储备",
    "道路交通安全专项整治",
    "历史遗留问题化解",
    "政务服务事项标准化",
    "河湖长制年度考核",
    "老旧小区改造",
    "春耕备耕和农资供应",
    "校园食品安全检查",
)

SECRET_SUBJECTS = ("代号青松演练", "涉密会议保障", "机要通信线路调整", "重要目标防护", "专项情况核查")

FORMS_OF_TITLE = ("关于做好{}的通知", "关于开展{}的通知", "关于报送{}情况的函", "关于{}有关事项的报告", "关于{}的请示")

PROPOSALS = (
    "请{leader}同志阅示，{unit}牵头办理，各乡镇配合。",
    "拟请{leader}同志批示。建议由{unit}研究提出意见，五个工作日内报县政府办。",
    "请{leader}同志阅，转{unit}办理并反馈结果。",
)

INSTRUCTIONS = (
    "请{unit}今天下班前把方案排好，重要情况第一时间报我。",
    "同意。请{unit}抓紧落实，按期反馈。",
    "此件重要，请{unit}逐项对照，拿出具体措施，月底前专题汇报。",
    "阅。请按上级要求认真抓好落实。",
)

RESULTS = (
    "已按批示要求制定实施方案，责任到人，工作正在推进。",
    "已完成排查，共发现问题七项，已整改五项，其余两项月底前完成。",
    "经研究，提出意见如下：一是加强组织领导；二是落实经费保障；三是定期报告进展。",
    "已办结，有关情况另行专报。",
)

PARAGRAPHS = (
    "各单位要提高认识，把{subject}摆上重要位置，主要负责同志亲自研究、亲自部署，分管负责同志具体抓落实。",
    "要对照任务清单逐项自查，建立问题台账，明确责任单位、责任人和完成时限，做到底数清、情况明。",
    "县直有关部门要加强业务指导和督促检查，对推进缓慢的单位及时提醒，确保各项措施落到实处。",
    "要严格执行值班值守和信息报告制度，重要情况第一时间报告，坚决杜绝迟报、漏报、瞒报。",
    "要统筹安排资金，加强绩效管理，严肃财经纪律，切实提高资金使用效益。",
)

HEADINGS = ("一、提高思想认识", "二、突出工作重点", "三、强化组织保障")

TOPICS = (
    "研究全县安全生产工作",
    "审议年度财政预算调整方案",
    "研究城区老旧小区改造项目",
    "听取粮食收购工作情况汇报",
    "审议农村公路养护管理办法",
    "研究乡镇卫生院改扩建资金问题",
)

PARTY_TOPICS = (
    "传达学习中央经济工作会议精神",
    "研究党组理论学习中心组学习计划",
    "研究意识形态工作责任制落实情况",
    "研究巡察反馈问题整改",
)
OFFICE_TOPICS = ("研究办公用房维修改造资金", "研究机关食堂承包合同续签", "研究公务用车更新采购", "研究年度培训经费安排")
WEEK_TOPICS = ("总结上周工作，安排本周任务", "研究值班值守安排", "通报督办事项进展")
WAITING_TOPICS = (
    "审议县城供热价格调整方案",
    "研究招商引资优惠政策兑现事项",
    "审议城乡供水一体化实施方案",
    "研究农村公益性岗位管理办法",
    "听取冬季清洁取暖工作情况汇报",
    "研究县属国有企业整合重组方案",
)
SUMMARY = "会议认为，这项工作事关群众切身利益，要提高认识，压实责任。\n会议要求，牵头单位要倒排工期，按月报告进展。"
DECIDED = "抓紧推进{topic}，形成工作方案并组织实施"
PLANNED = (
    ("全县经济工作会议", OFFICE, 180),
    ("县政府全体会议", OFFICE, 120),
    ("全县安全生产工作会议", "县应急管理局", 90),
    ("一季度经济运行调度会议", "县发展和改革局", 60),
    ("防汛抗旱工作会议", "县水利局", 80),
    ("重点项目观摩推进会议", "县发展和改革局", 70),
    ("上半年经济运行分析会议", "县发展和改革局", 60),
    ("征兵工作会议", "县人民武装部", 50),
    ("营商环境优化提升会议", "县政务服务中心", 60),
    ("秋冬季森林草原防灭火会议", "县应急管理局", 80),
    ("冬季供暖保障会议", "县住房和城乡建设局", 40),
    ("全年目标任务冲刺会议", OFFICE, 120),
)
ACTIVITIES = (
    ("调研城区供暖保障工作", "城关镇"),
    ("检查煤矿安全生产", "青石乡"),
    ("出席重点项目集中开工仪式", "开发区"),
    ("接待市发展改革委调研组", "县政府"),
    ("走访慰问困难群众", "柳河镇"),
    ("接访", "县信访接待中心"),
)


def title_of(random: Random, subject: str) -> str:
    """A title about a subject."""
    return random.choice(FORMS_OF_TITLE).format(subject)


def body_of(random: Random, subject: str) -> str:
    """The text of a notice of one or two pages."""
    lines = [f"为切实做好{subject}，根据上级部署要求，结合我县实际，现就有关事项通知如下。"]
    for heading in HEADINGS:
        lines.append(heading)
        lines += [text.format(subject=subject) for text in random.sample(PARAGRAPHS, 2)]
    lines.append("各单位贯彻落实情况，请于月底前报县政府办公室。")
    return "\n".join(lines)
