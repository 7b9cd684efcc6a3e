package import Diagnostics

/// A named way to reach a system, as the file has it: what its variables hold is asked only when it is needed.
package struct Connection: Sendable {
    package var name: String
    /// The name of its connector.
    package var type: String
    package var settings: [Setting]
    package var place: Place

    package init(name: String, type: String, settings: [Setting], place: Place) {
        self.name = name
        self.type = type
        self.settings = settings
        self.place = place
    }
}

/// One setting of a connection or a collection.
package struct Setting: Sendable {
    package var name: String
    package var content: Content
    package var place: Place

    package init(name: String, content: Content, place: Place) {
        self.name = name
        self.content = content
        self.place = place
    }

    package indirect enum Content: Sendable {
        case text(Template)
        case bool(Bool)
        case int(Int64)
        case list([Content])
        case object([(name: String, content: Content)])
    }
}

/// Text with `${…}` in it.
package struct Template: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case text(String)
        /// `${NAME}`: an environment variable.
        case variable(String)
        /// `${file:PATH}`: a file's content without its last newline.
        case file(String)
    }

    package var parts: [Part]

    package init(parts: [Part]) { self.parts = parts }

    /// The text itself, where nothing in it is a reference.
    package var literal: String? {
        switch parts.count {
        case 0: ""
        case 1: if case .text(let text) = parts[0] { text } else { nil }
        default: nil
        }
    }
}
