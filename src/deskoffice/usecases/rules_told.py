"""The rule of an account's password in one sentence."""

from deskoffice.domain.access import PasswordRule


def rule_told(rule: PasswordRule) -> str:
    """`口令至少 10 位，每 7 天改一次，最近 5 个用过的不能再用。`"""
    parts = [f"口令至少 {rule.shortest} 位"]
    if rule.days:
        parts.append(f"每 {rule.days} 天改一次")
    if rule.kept:
        parts.append(f"最近 {rule.kept} 个用过的不能再用")
    if rule.needs_key_file:
        parts.append("须同时使用密钥文件")
    return "，".join(parts) + "。"
