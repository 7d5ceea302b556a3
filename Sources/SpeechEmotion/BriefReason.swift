import Diagnosis
import Foundation

extension Error {
    /// The error in one line, for lists of many: what went wrong and what was found.
    var briefReason: String {
        guard let diagnosis = (self as? any DiagnosableError)?.diagnosis else { return "\(self)" }
        return [diagnosis.what, diagnosis.found].compactMap { $0 }.joined(separator: ": ")
    }
}

/// Why the system refused something, in its own words, as ours begin: in lower case.
func systemReason(of error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    guard cause.domain == NSPOSIXErrorDomain else { return cause.localizedDescription }
    return systemReason(ofCode: Int32(cause.code))
}

/// The system's words for an error number.
func systemReason(ofCode code: Int32) -> String { String(cString: strerror(code)).lowercased() }
