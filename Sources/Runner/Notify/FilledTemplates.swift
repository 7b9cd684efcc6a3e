import FileIO
import Model
import Values

/// Fills in what the texts of a notifier refer to, and keeps what must not be shown.
struct FilledTemplates {
    let world: World
    /// What variables and files held: never to be seen in a message about a failure.
    private(set) var secrets: [String] = []

    init(_ world: World) { self.world = world }

    /// - Throws: where a variable is not set, or a file cannot be read.
    mutating func text(_ template: Template) throws(PostFailure) -> String {
        var text = ""
        for part in template.parts { text += try self.part(part) }
        return text
    }

    mutating func text(_ template: Template?) throws(PostFailure) -> String? {
        guard let template else { return nil }
        return try text(template) as String
    }

    /// A text that is a secret as a whole, also where it stands in the file itself.
    mutating func secret(_ template: Template) throws(PostFailure) -> String {
        let content = try text(template) as String
        secrets.append(content)
        return content
    }

    /// A part by itself, for who must know which is which.
    mutating func part(_ part: Template.Part) throws(PostFailure) -> String {
        switch part {
        case .text(let literal): return literal
        case .variable(let name):
            guard let value = world.environment(name) else {
                throw .settings("the environment variable \(name) is not set")
            }
            secrets.append(value)
            return value
        case .file(let path):
            do {
                var bytes = try world.disk.read(path)
                if bytes.last == 0x0A { bytes.removeLast() }
                let value = String(decoding: bytes, as: UTF8.self)
                secrets.append(value)
                return value
            } catch {
                throw .settings(error.description)
            }
        }
    }

    /// A text without any secret in it.
    func redacted(_ text: String) -> String {
        // The longest first: one may be a part of another.
        let hidden = secrets.filter { $0.utf8.count >= 4 }.sorted { $0.utf8.count > $1.utf8.count }
        return hidden.reduce(text) { $0.replacing($1, with: "<redacted>") }
    }
}

/// Why a notifier could not be told.
enum PostFailure: Error, Equatable {
    /// What the file says of it cannot be used.
    case settings(String)
    /// It was tried.
    case delivery(String)

    var sentence: String {
        switch self {
        case .settings(let sentence), .delivery(let sentence): sentence
        }
    }
}
