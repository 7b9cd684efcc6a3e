package import Diagnostics

/// The kinds of mistakes that a job file can have, beyond those of YAML and of the expression language, which have
/// codes of their own. The raw value is what a message shows in brackets, and what `explain` takes.
package enum JobFileCode: String, DiagnosticCode {
    case emptyFile = "empty-file"
    case fileName = "file-name"
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case wrongType = "wrong-type"
    case wrongChoice = "wrong-choice"
    case badName = "bad-name"
    case jobName = "job-name"
    case duplicateName = "duplicate-name"
    case unpairedBase = "unpaired-base"
    case badStep = "bad-step"
    case expectsNothing = "expects-nothing"

    case unknownConnection = "unknown-connection"
    case unknownConnector = "unknown-connector"
    case unknownSetting = "unknown-setting"
    case unknownJob = "unknown-job"
    case unknownSync = "unknown-sync"
    case sameCollection = "same-collection"
    case waitsForItself = "waits-for-itself"

    case badArrow = "bad-arrow"
    case badPath = "bad-path"
    case notAField = "not-a-field"
    case misplacedOption = "misplaced-option"
    case writtenTwice = "written-twice"
    case againstDirection = "against-direction"

    case optionClash = "option-clash"
    case optionWithoutEffect = "option-without-effect"
    case missingOption = "missing-option"
    case noWayBack = "no-way-back"
    case duplicateRow = "duplicate-row"
    case badTable = "bad-table"
    case missingFile = "missing-file"
    case badFormat = "bad-format"
    case badTemplate = "bad-template"

    case badSchedule = "bad-schedule"
    case badInterval = "bad-interval"
    case badWindow = "bad-window"
    case unknownTimeZone = "unknown-time-zone"
    case badLimit = "bad-limit"

    case unknownCollection = "unknown-collection"
    case unknownField = "unknown-field"
    case typeClash = "type-clash"
    case requiredField = "required-field"
    case readOnlyField = "read-only-field"
    case textTooLong = "text-too-long"
    case notAChoice = "not-a-choice"
    case badSchema = "bad-schema"
    case unusedSchema = "unused-schema"

    case badReference = "bad-reference"
    case unsetVariable = "unset-variable"
    case secretInFile = "secret-in-file"
    case notBuilt = "not-built"

    case connectorName = "connector-name"
    case badRequest = "bad-request"
    case badPaging = "bad-paging"
    case unknownPart = "unknown-part"
    case missingRequest = "missing-request"
    case secretInRequest = "secret-in-request"

    case writtenByTwo = "written-by-two"
    case loop
    case filterNever = "filter-never"
    case filterAlways = "filter-always"
    case matchNotMapped = "match-not-mapped"
    case noBrake = "no-brake"
    case scheduleNotMet = "schedule-not-met"
    case unusedConnection = "unused-connection"
    case shadowedName = "shadowed-name"
    case noTimes = "no-times"
    case badAllowance = "bad-allowance"
    case unusedAllowance = "unused-allowance"

    package var severity: Severity {
        switch self {
        case .unsetVariable, .secretInFile, .writtenByTwo, .loop, .filterNever, .filterAlways, .matchNotMapped,
            .noBrake,
            .scheduleNotMet, .unusedConnection, .shadowedName, .noTimes, .badAllowance, .unusedAllowance,
            .unusedSchema:
            .warning
        default: .error
        }
    }

    /// Whether it is an error or a warning, as what it goes by is certain or only likely.
    var mayBeWarning: Bool {
        switch self {
        case .unknownField, .typeClash, .textTooLong, .notAChoice, .missingOption: true
        default: false
        }
    }

    package var meaning: String {
        switch self {
        case .emptyFile: "the file holds nothing"
        case .fileName: "the name of a file says neither a job, nor connections, nor tests"
        case .unknownKey: "a key that stands here has no meaning here"
        case .missingKey: "a key that must be there is not"
        case .wrongType: "a value is of another kind than its key takes"
        case .wrongChoice: "a value is none of those that its key takes"
        case .badName:
            "the name of a job, sync or connection is not made of a-z, 0-9, _ and -, or begins with no letter"
        case .jobName: "a job is named otherwise than its file"
        case .unpairedBase: "what both sides of a test held is not told of whole pairs"
        case .badStep: "a text is no step of a plan"
        case .expectsNothing: "a test expects nothing, so that it cannot fail"
        case .duplicateName: "two things that are told apart by name have the same one"
        case .unknownConnection: "a job names a connection that connections.yaml does not have"
        case .unknownConnector: "the type of a connection is no connector"
        case .unknownSetting: "a connector does not have such a setting"
        case .unknownJob: "no job file has the job that is named"
        case .unknownSync: "no job file has the sync that is named"
        case .sameCollection: "both sides of a sync are the same collection of the same connection"
        case .waitsForItself: "syncs wait for each other in a circle, so that none could ever be first"
        case .badArrow: "an entry of 'fields' or 'match' has no arrow, more than one, or one without spaces"
        case .badPath: "a text that must name a field does not"
        case .notAField: "an expression stands at an end of an arrow that is written"
        case .misplacedOption: "an option stands beside its arrow, not under it"
        case .writtenTwice: "two arrows of a sync write the same field of the same side"
        case .againstDirection: "something would write to a side that the sync's direction does not write"
        case .optionClash: "two options of a field exclude each other"
        case .optionWithoutEffect: "an option has nothing to act on"
        case .missingOption: "an option needs another one beside it"
        case .noWayBack:
            "a table gives several left values the same right one, and nothing says which to take on the way back"
        case .duplicateRow: "a table has two rows for the same value"
        case .badTable: "a file that holds a table cannot be read as one"
        case .missingFile: "a file that is named cannot be read"
        case .badFormat: "the format of a date or timestamp cannot be read"
        case .badTemplate: "the template or a header of a webhook cannot be sent"
        case .badSchedule: "a schedule is neither an interval, nor a cron expression, nor 'manual'"
        case .badInterval: "a length of time cannot be read"
        case .badWindow: "a window of time cannot be read"
        case .unknownTimeZone: "no time zone has that name"
        case .badLimit: "a limit is neither a count nor a percentage"
        case .unknownCollection: "a side names a collection that its system does not have"
        case .unknownField: "a field is mapped, matched or filtered that its collection does not have"
        case .typeClash: "what one end of an arrow holds is of no type that the other end, or the field's 'type', takes"
        case .requiredField: "new records must have a field that nothing sets"
        case .readOnlyField: "something writes a field that only its system sets"
        case .textTooLong: "a text is, or may be, longer than the field that it is written to takes"
        case .notAChoice: "a value is none of those that its field may hold"
        case .badSchema: "a file of jobs/schemas is no schema of a collection"
        case .unusedSchema: "a schema is of a collection that no sync names"
        case .badReference: "a text has a '${' that names neither a variable nor a file"
        case .unsetVariable: "an environment variable that a connection uses is not set"
        case .secretInFile: "a secret stands in the file, where everyone who reads the file sees it"
        case .notBuilt: "a part of the format that this version does not have yet"
        case .connectorName: "a connector is named otherwise than its file, or as one that is built in"
        case .badRequest: "a text is no request"
        case .badPaging: "it does not say in one way how pages follow each other"
        case .unknownPart: "a connector names a field, a look-up or a collection that it does not have"
        case .missingRequest: "a collection lacks a request that another one needs"
        case .secretInRequest: "a secret is used outside 'auth', where it may be shown or stored"
        case .writtenByTwo: "two syncs write the same field of the same collection"
        case .loop: "syncs hand records on in a circle, so that they are made anew on each turn"
        case .filterNever: "no record can pass a filter"
        case .filterAlways: "every record passes a filter"
        case .matchNotMapped: "records are made without the field by which they would be paired"
        case .noBrake: "deletes go over to the other side, and a limit is set that stops none"
        case .scheduleNotMet: "a schedule asks for what cannot be kept"
        case .unusedConnection: "no job uses a connection"
        case .shadowedName: "a name in an expression hides another of the same spelling"
        case .noTimes: "the newest value counts, and a side does not say when its records were changed"
        case .badAllowance: "a comment that allows a warning does not say which, or why"
        case .unusedAllowance: "a comment allows a warning that is not given there"
        }
    }
}
