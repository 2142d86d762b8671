"""Certificates of the office's seals: one authority of the vault, one certificate for each seal under it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

BITS = 3072
"""RSA: its signatures are all of one length, so that the place kept for one in a file is filled to the last byte."""

AUTHORITY_YEARS, SEAL_YEARS = 30, 20
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

LONGEST_NAME = 64
"""Characters that a common name may have (X.520)."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate and its private key, both in DER."""

    certificate: bytes
    key: bytes


def authority(office: str, *, at: datetime) -> Credential:
    """The self-signed root of a vault.

    Its signatures are short: they stand in every envelope, where a reader that is not given the root passes over them.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{office}用印根证书", office)
    extensions = [
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (_usage(signs=False), True),
    ]
    return _certified(key, name, issuer=name, issuer_key=key, at=at, years=AUTHORITY_YEARS, extensions=extensions)


def for_seal(root: Credential, *, seal: str, owner: str, at: datetime) -> Credential:
    """The certificate of a seal, issued by the vault's authority."""
    issuer = x509.load_der_x509_certificate(root.certificate)
    issuer_key = serialization.load_der_private_key(root.key, password=None)
    assert isinstance(issuer_key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)  # noqa: S101  made by `authority`
    extensions = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(signs=True), True),
    ]
    return _certified(
        rsa.generate_private_key(public_exponent=65537, key_size=BITS),
        _name(seal, owner),
        issuer=issuer.subject,
        issuer_key=issuer_key,
        at=at,
        years=SEAL_YEARS,
        extensions=extensions,
    )


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate in hexadecimal, as readers of signatures show it."""
    return x509.load_der_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex()


def _name(common: str, organisation: str) -> x509.Name:
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:LONGEST_NAME] or "DeskOffice"),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:LONGEST_NAME]),
    ]
    return x509.Name(attributes)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def _certified(
    key: Key,
    subject: x509.Name,
    *,
    issuer: x509.Name,
    issuer_key: Key,
    at: datetime,
    years: int,
    extensions: list[tuple[x509.ExtensionType, bool]],
) -> Credential:
    # A day earlier: the clock of the reader's machine may be behind.
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, critical=is_critical)
    made = builder.sign(issuer_key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Credential(made.public_bytes(serialization.Encoding.DER), private)
