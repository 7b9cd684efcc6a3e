internal import CLibCrypto
import FileIO
import HTTP
import Model
import REST
import StateStore
import Synchronization
import Values

// Files on their way lie beside the state, without names; of those that were seen, their digests are kept.
extension FileMemory {
    static func kept(_ state: StateFolder, connection: String) -> FileMemory {
        let kept = FileDigests(state, connection: connection)
        return FileMemory(load: { kept.load() }, add: { digests in try? kept.add(digests) })
    }
}

extension FileDepot {
    static func onDisk(_ state: StateFolder) -> FileDepot {
        FileDepot { limit throws(BodyFlowFailure) in
            let draft = ArrivingFile(FileDigests(state, connection: ""))
            return FileDraft(
                sink: BodySink(
                    limit: limit, begin: { () throws(BodyFlowFailure) in try draft.begin() },
                    take: { (bytes) throws(BodyFlowFailure) in try draft.take(bytes) })
            ) { () throws(BodyFlowFailure) in try draft.finish() }
        }
    }
}

/// A file while it is fetched: written to the disk and hashed as it comes.
private final class ArrivingFile: Sendable {
    private struct Content {
        var file: ScratchFile
        var hash: SHA256
        var count = 0
    }

    private let folder: FileDigests
    private let content = Mutex<Content?>(nil)

    init(_ folder: FileDigests) { self.folder = folder }

    func begin() throws(BodyFlowFailure) {
        let file = try told { () throws(FileFailure) in try folder.scratchFile() }
        try content.withLock { content throws(BodyFlowFailure) in
            guard let hash = SHA256() else { throw BodyFlowFailure("OpenSSL gives no SHA-256") }
            content = Content(file: file, hash: hash)
        }
    }

    func take(_ bytes: [UInt8]) throws(BodyFlowFailure) {
        try content.withLock { content throws(BodyFlowFailure) in
            guard let file = content?.file else { return }
            try told { () throws(FileFailure) in try file.append(bytes) }
            content?.hash.update(bytes)
            content?.count += bytes.count
        }
    }

    func finish() throws(BodyFlowFailure) -> StoredFile {
        let taken = content.withLock { content in content.map { ($0.file, $0.hash.finish(), $0.count) } }
        guard let (file, hex, length) = taken, let digest = FileDigest.text(hex) else {
            throw BodyFlowFailure("the answer has no body")
        }
        let source = BodySource(length: length) {
            let place = Mutex(0)
            return { () throws(BodyFlowFailure) in
                try place.withLock { offset throws(BodyFlowFailure) in
                    let piece = try told { () throws(FileFailure) in try file.read(1 << 16, at: offset) }
                    offset += piece.count
                    return piece.isEmpty ? nil : piece
                }
            }
        }
        return StoredFile(digest: digest, source: source)
    }
}

private func told<R>(_ body: () throws(FileFailure) -> R) throws(BodyFlowFailure) -> R {
    do throws(FileFailure) {
        return try body()
    } catch {
        throw BodyFlowFailure("a file on its way cannot be kept: \(error)")
    }
}

/// SHA-256 (FIPS 180-4), as OpenSSL has it, of bytes that come piece by piece.
private final class SHA256 {
    private let context: OpaquePointer

    /// nil where OpenSSL was built, or is set up, without it.
    init?() {
        guard let context = EVP_MD_CTX_new() else { return nil }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            EVP_MD_CTX_free(context)
            return nil
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    func update(_ bytes: [UInt8]) { EVP_DigestUpdate(context, bytes, bytes.count) }

    /// The digest in hexadecimal digits; to be asked for once.
    func finish() -> String {
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var size: CUnsignedInt = 0
        guard EVP_DigestFinal_ex(context, &code, &size) == 1 else { return "" }
        return code.prefix(Int(size)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
