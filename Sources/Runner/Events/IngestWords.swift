import CEL
import Diagnostics
import Model
import REST
import StateStore
import Values

extension IngestFailure {
    /// Whether it is the event that is at fault, and not how it was called or what the files say.
    package var isOfEvent: Bool {
        switch self {
        case .tooLarge, .notSigned, .wrongProof: true
        case .event(let failure):
            switch failure {
            case .notJSON, .nothingSigned, .noTime, .tooOld: true
            case .noID, .expression: false
            }
        case .notASync, .noEvents, .setting, .noSecret, .noHash, .state: false
        }
    }

    package var sentence: String {
        switch self {
        case .notASync(let name): "'\(name)' names no sync: write JOB/SYNC"
        case .tooLarge: "the event has more than \(Ingest.mostBytes >> 20) MiB"
        case .noEvents(let connector, let collection):
            "the connector '\(connector)' does not say what an event is about that concerns '\(collection)': it has no 'webhook' there"
        case .setting(let diagnostic): diagnostic.message
        case .noSecret(let connection, let rule):
            "the connection '\(connection)' has no secret to check events with: \(rule.secret.source) has no value"
        case .noHash: "the event cannot be checked: OpenSSL has no such hash"
        case .notSigned(let header, let prefix):
            "the event has no header \(header)" + (prefix.isEmpty ? "" : " that begins with '\(prefix)'")
                + ". Give the headers that came with it: --header '\(header): …'"
        case .wrongProof(let header, isHash: true):
            "the event is not the system's own, or was changed on its way: the hash in \(header) is not that of what came"
        case .wrongProof(let header, isHash: false):
            "the event is not the system's own: \(header) does not have the secret"
        case .event(let failure): failure.sentence
        case .state(let failure): failure.description
        }
    }
}

extension EventFailure {
    fileprivate var sentence: String {
        switch self {
        case .notJSON: "the event is no JSON"
        case .nothingSigned(let header): "what the hash in \(header) is of cannot be put together: a header is missing"
        case .noTime: "the event does not say when it was sent"
        case .tooOld(let sent, let now, let age):
            "the event was sent at \(sent), and it is \(now): more than \(age.components.seconds) s lie between them"
        case .noID(let collection, let parts):
            "what the connector finds in the event is no id of a record of '\(collection)'"
                + (parts > 1 ? ", which has \(parts) parts" : "")
        case .expression(let message): message
        }
    }
}
