using System.Collections.Frozen;
using System.Globalization;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Reads a phone number as a person writes it into the digits of its international form (ITU-T E.164), so that one number is one however it is
/// written. The one place where that is done.
/// </summary>
internal static class InternationalNumber
{
    /// <summary>E.164 §6: at most 15.</summary>
    private const int LeastDigits = 7;

    private const int MostDigits = 15;

    private const string ZeroInBrackets = "(0)";

    /// <summary>
    /// Country codes (E.164) of countries where a 0 is dialled before a number at home only and no number begins with one abroad. Not in it: countries without
    /// such a zero (Norway, Denmark, Spain), those where it is dialled from abroad, too (Italy), and those of which we are not sure: there a zero in brackets is refused.
    /// </summary>
    private static readonly FrozenSet<string> TrunkZero = (
        "20 27 31 32 33 40 41 43 44 46 49 51 54 55 58 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98 "
        + "212 213 218 233 234 249 250 251 254 255 256 260 261 263 264 353 355 358 359 373 374 380 381 382 383 385 386 387 389 421 "
        + "593 595 598 855 856 880 886 961 962 963 964 966 967 970 971 972 976 977 994 995 996").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <returns>Without <c>+</c>; null: it is no phone number, or nobody can say which.</returns>
    public static string? Of(string typed, string countryCode, string trunkPrefix)
    {
        if (Plain(typed) is not { } plain)
        {
            return null;
        }

        // "+44 (0)20 …": the zero of those who dial at home. It stands after the country's code, or first.
        bool bracketed = plain.Contains(ZeroInBrackets, StringComparison.Ordinal);
        string before = bracketed ? plain[..plain.IndexOf(ZeroInBrackets, StringComparison.Ordinal)] : "";
        string written = Digits(plain);
        bool abroad = written.StartsWith('+') || written.StartsWith("00", StringComparison.Ordinal);
        if (!abroad)
        {
            return bracketed && (before.Length > 0 || trunkPrefix != "0") ? null
                : Bounded(trunkPrefix.Length > 0 && written.StartsWith(trunkPrefix, StringComparison.Ordinal) ? countryCode + written[trunkPrefix.Length..] : countryCode + written);
        }

        string digits = written[(written[0] == '+' ? 1 : 2)..];
        string? country = Enumerable.Range(2, 2).Where(n => digits.Length > n).Select(n => digits[..n]).FirstOrDefault(TrunkZero.Contains);
        if (bracketed)
        {
            string code = Digits(before) is var start && start.StartsWith('+') ? start[1..] : start.StartsWith("00", StringComparison.Ordinal) ? start[2..] : "";
            // "+38 (0) 67 …" is how Ukrainians write +380 67 …
            if (code != country && code + "0" != country)
            {
                return null;
            }
        }

        return Bounded(country is not null && digits[country.Length] == '0' ? country + digits[(country.Length + 1)..] : digits);
    }

    /// <summary>Its digits as 0 to 9, whichever people write with (٤٧, ４７); without blanks, dashes, dots and marks of direction. Null: it has something else.</summary>
    private static string? Plain(string typed)
    {
        var plain = new System.Text.StringBuilder(typed.Length);
        foreach (char c in typed)
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit)
            {
                plain.Append((char)('0' + digit));
            }
            else if (c is '+' or '\uFF0B')
            {
                plain.Append('+');
            }
            else if (c is '(' or ')')
            {
                plain.Append(c);
            }
            else if (c is not ('.' or '/') && char.GetUnicodeCategory(c) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format))
            {
                return null;
            }
        }

        return plain.ToString();
    }

    private static string Digits(string plain) => string.Concat(plain.Where(c => c is not ('(' or ')')));

    private static string? Bounded(string digits) => digits.Length is >= LeastDigits and <= MostDigits && digits.All(char.IsAsciiDigit) ? digits : null;
}
