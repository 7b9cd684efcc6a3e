internal import Model

/// Why a system did not give what it was asked for, by what follows from it.
enum AskFailure: Error, Sendable {
    /// It says no to what was asked, for what it is.
    case refused(String)
    case forbidden(String)
    case unauthorised(String, ConnectionFault?)
    case busy(String, after: Duration?)
    /// The record is not what it was.
    case moved(String)
    /// There is no such thing.
    case gone(String)
    /// It cannot be reached, or answers as none of its kind. `arrived`: whether it may have done what was asked.
    case unreachable(String, ConnectionFault?, arrived: Bool)
    /// The definition does not fit the system: an expression fails, an answer is not as it says.
    case broken(String)
    /// As many requests as are allowed have been made.
    case spent(String, after: Duration)

    var message: String {
        switch self {
        case .refused(let message), .forbidden(let message), .unauthorised(let message, _), .busy(let message, _),
            .moved(let message), .gone(let message), .unreachable(let message, _, _), .broken(let message),
            .spent(let message, _):
            message
        }
    }

    /// As the failure of a reading.
    var ofReading: EndpointFailure {
        switch self {
        case .refused(let message), .moved(let message): .unavailable(message: message)
        case .gone(let message): .misconfigured(message: message)
        case .forbidden(let message): .forbidden(message: message)
        case .broken(let message): .malformed(place: "", message: message)
        default: ofConnection
        }
    }

    /// As the failure of whatever is asked of the connection.
    var ofConnection: EndpointFailure {
        switch self {
        case .unauthorised(let message, let fault): .unauthorised(message: message, fault: fault)
        case .busy(let message, let after): .busy(message: message, after: after)
        case .spent(let message, let after): .busy(message: message, after: after)
        case .unreachable(let message, let fault, _): .unreachable(message: message, fault: fault)
        case .forbidden(let message): .unauthorised(message: message, fault: .nothingPermitted)
        case .refused(let message), .moved(let message), .gone(let message), .broken(let message):
            .unavailable(message: message)
        }
    }
}
