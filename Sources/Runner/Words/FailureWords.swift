import Diagnostics
import JobFiles
import Model
import StateStore

/// The sentence about a sync that could not be run to its end.
package struct FailureWords: Sendable {
    private let failure: RunFailure

    package init(_ failure: RunFailure) { self.failure = failure }

    package var sentence: String {
        switch failure {
        case .state(let failure): failure.description
        case .settings(let diagnostic): diagnostic.message
        case .fields(let side, let mistakes): "\(side): \(mistakes.map(\.message).joined(separator: "; "))"
        case .endpoint(let side, let failure): "\(side): \(Self.sentence(failure))"
        case .unknownRecord(let id, let sync): "\(sync) has no record '\(id)' on either side"
        case .incomplete(let side, let read, let expected):
            "\(side): the system says that it holds \(expected) records, and gave \(read). Nothing was written; the next run reads again"
        }
    }

    /// Without the side.
    static func sentence(_ failure: EndpointFailure) -> String {
        switch failure {
        case .malformed(let place, let message): place.isEmpty ? message : "\(place): \(message)"
        case .unavailable(let message), .misconfigured(let message): message
        case .unreachable(let message, let fault): fault.map { "\($0.words): \(message)" } ?? message
        case .unauthorised(let message, let fault):
            "\(fault?.words ?? ConnectionFault.wordsOfUntoldCredentials): \(message)"
        case .forbidden(let message): "the collection may not be used: \(message)"
        case .busy(let message, _): message
        case .uncertain(let message):
            "\(message). Whether what was to be written is there is found out by the next run"
        case .changedMeanwhile(let name):
            "\(name) was changed by someone else while it was read. Nothing was written; the next run reads it again"
        }
    }
}

extension RunFailure {
    /// The stable name of the kind of failure.
    package var cause: String { kind.name }

    private var kind: Cause {
        switch self {
        case .state(.locked): .locked
        case .state: .stateUnreadable
        case .settings(let diagnostic):
            diagnostic.code == JobFileCode.unsetVariable.rawValue ? .variableNotSet : .badSetting
        case .fields: .unknownField
        case .unknownRecord: .unknownID
        case .incomplete: .readIncomplete
        case .endpoint(_, let failure): failure.kind
        }
    }
}

extension EndpointFailure {
    fileprivate var kind: Cause {
        switch self {
        case .malformed: .collectionUnreadable
        case .unavailable: .collectionUnavailable
        case .misconfigured: .badSetting
        case .unreachable(_, let fault): fault.map { Cause($0.rawValue) } ?? .connectionUnreachable
        case .unauthorised(_, let fault): fault.map { Cause($0.rawValue) } ?? .connectionUnauthorised
        case .forbidden: .collectionNotPermitted
        case .busy: .rateLimited
        case .uncertain: .inDoubt
        case .changedMeanwhile: .changedMeanwhile
        }
    }
}
