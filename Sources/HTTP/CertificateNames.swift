internal import NIOSSL

/// Issuer and subject of a certificate, as RFC 5280, section 4.1 lays them out.
struct CertificateNames {
    /// As they are encoded.
    let issuer: ArraySlice<UInt8>
    let subject: ArraySlice<UInt8>

    init?(_ certificate: NIOSSLCertificate) {
        guard let bytes = try? certificate.toDERBytes() else { return nil }
        self.init(der: bytes)
    }

    init?(der: [UInt8]) {
        var outer = DERReader(der[...])
        guard let certificate = outer.next() else { return nil }
        var inner = DERReader(certificate.content)
        guard let signed = inner.next() else { return nil }
        var fields = DERReader(signed.content)
        // The version, which may be left out; number, algorithm, issuer, times, subject.
        guard let first = fields.next(), let number = first.tag == 0xA0 ? fields.next() : first, number.tag == 0x02,
            fields.next() != nil, let issuer = fields.next(), fields.next() != nil, let subject = fields.next()
        else { return nil }
        self.issuer = issuer.content
        self.subject = subject.content
    }

    /// The issuer's common name, or else its organization. The server wrote it: what is not printable is left out.
    var issuerName: String? { name(0x03) ?? name(0x0A) }

    private func name(_ attribute: UInt8) -> String? {
        var sets = DERReader(issuer)
        while let set = sets.next() {
            var pairs = DERReader(set.content)
            guard let pair = pairs.next() else { continue }
            var parts = DERReader(pair.content)
            guard let key = parts.next(), key.content.elementsEqual([0x55, 0x04, attribute]), let text = parts.next()
            else { continue }
            let printable = text.content.filter { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "'") }
            return printable.isEmpty ? nil : String(decoding: printable.prefix(60), as: UTF8.self)
        }
        return nil
    }
}

/// Goes from one element of DER to the next.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            guard (0x81...0x83).contains(first), rest.count >= Int(first & 3) else { return nil }
            length = rest.prefix(Int(first & 3)).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(Int(first & 3))
        }
        guard length <= rest.count else { return nil }
        defer { rest = rest.dropFirst(length) }
        return (tag, rest.prefix(length))
    }
}

extension NIOSSLCertificate {
    /// The first names that it is for; the server wrote them.
    var hostNames: [String] {
        let names = _subjectAlternativeNames().prefix(20).compactMap { name -> String? in
            guard name.nameType == .dnsName else { return nil }
            let bytes = name.contents.withUnsafeBufferPointer { Array($0) }
            return String(decoding: bytes.filter { (0x21..<0x7F).contains($0) }.prefix(80), as: UTF8.self)
        }
        return Array(names.prefix(3))
    }
}
