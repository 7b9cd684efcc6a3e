import FileIO
import Values

/// A saved plan while it is written: in pieces, so that a long one is never in memory as a whole, and in the place of the file that was
/// there only once it is complete.
package final class SavedPlanFile {
    private let replacement: Replacement
    private var hash = FingerprintHash()
    private var failure: FileFailure?

    /// Files hold people's data: they are made for their owner alone.
    package init(_ path: String, world: World) throws(SavedPlanFailure) {
        do throws(FileFailure) {
            replacement = try world.disk.replacement(for: path)
            replacement.file.setPermissions(0o600)
        } catch {
            throw .file(error)
        }
    }

    /// Adds a piece of the text, which is one JSON object but for its end: what comes next is another member.
    package func put(_ text: String) {
        guard failure == nil else { return }
        var text = text
        text.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
        do throws(FileFailure) {
            try replacement.file.write(text)
        } catch {
            failure = error
        }
    }

    /// Puts the checksum of all bytes before it behind them, and the file in its place.
    package func finish() throws(SavedPlanFailure) {
        if let failure { throw .file(failure) }
        do throws(FileFailure) {
            try replacement.file.write(SavedPlanSeal.end(hash.finish()))
            try replacement.commit()
        } catch {
            throw .file(error)
        }
    }
}

/// The checksum at the end of a saved plan.
enum SavedPlanSeal {
    private static let key = #","checksum":""#

    static func end(_ checksum: Fingerprint) -> String { key + checksum.description + "\"}\n" }

    /// Whether the text ends with the checksum of what stands before it.
    static func holds(_ bytes: [UInt8]) -> Bool {
        let count = end(.none).utf8.count
        guard bytes.count > count else { return false }
        let content = Array(bytes.dropLast(count))
        return bytes.suffix(count).elementsEqual(end(Fingerprint(of: content)).utf8)
    }
}

extension SavedPlan {
    /// Reads a file.
    package init(file path: String, world: World) throws(SavedPlanFailure) {
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try world.disk.read(path)
        } catch {
            throw .file(error)
        }
        let value: Value
        do throws(JSON.Failure) {
            value = try JSON.parse(bytes)
        } catch {
            throw .damaged(path: path, reason: "\(error.reason) at byte \(error.offset)")
        }
        // Before the checksum, so that a later form is not taken for a mistake.
        guard case .object(let object) = value, object["kind"]?.text == Self.kind else {
            throw .damaged(path: path, reason: "it is something else")
        }
        guard let version = object["version"]?.exactNumber?.int64.flatMap({ Int(exactly: $0) }) else {
            throw .damaged(path: path, reason: "it has no version")
        }
        guard version == Self.version else { throw .version(path: path, version) }
        guard SavedPlanSeal.holds(bytes) else {
            throw .damaged(path: path, reason: "its checksum does not fit, so that it was changed or cut")
        }
        self.init(syncs: [])
        do throws(SavedPlanMistake) {
            for case .object(let sync) in object["syncs"]?.list ?? [] where sync["definition"] != nil {
                syncs.append(try SavedSync(sync))
            }
        } catch {
            throw .damaged(path: path, reason: error.reason)
        }
    }

    /// What tells such a file from other JSON.
    package static let kind = "lockstep plan"
}
