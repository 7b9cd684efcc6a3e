import Model
import Values

/// The body of a webhook.
struct WebhookBody {
    private let message: Message

    init(_ message: Message) { self.message = message }

    /// The usual body, or a template with everything filled in.
    func text(_ template: Template?, _ texts: inout FilledTemplates) throws(PostFailure) -> String {
        guard let template else { return JSON.text(.object(MessageJSON.object(message))) }
        var written = ""
        for part in template.parts {
            let text = try texts.part(part)
            // What a variable holds is text, whatever stands in it.
            if case .text = part {
                written += text
            } else {
                written += Self.escaped(text).replacing("{{", with: "{\\u007b")
            }
        }
        let values = self.values
        guard let filled = MessageTemplate.fill(written, { values[$0] ?? "" }) else {
            throw .settings("a '{{' of the template is not closed")
        }
        return filled
    }

    private var values: [String: String] {
        let words = MessageWords(message)
        return [
            "title": Self.escaped(words.title), "text": Self.escaped(words.text), "run": Self.escaped(message.run),
            "time": message.time.description, "host": Self.escaped(message.host),
            "events": JSON.text(MessageJSON.events(message)),
        ]
    }

    /// A text as it stands between the quotes of JSON.
    private static func escaped(_ text: String) -> String { String(JSON.text(.text(text)).dropFirst().dropLast()) }
}
