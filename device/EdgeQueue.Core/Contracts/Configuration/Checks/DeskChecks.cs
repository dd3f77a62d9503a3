namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>The dispenser's number pad, scanner, two lines and voice: that people can see what they type and read what is said.</summary>
internal static class DeskChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        foreach (var dispenser in branch.Units.Select(u => u.Unit["dispenser"]).Where(d => d.Exists))
        {
            if (dispenser["checkIn"].Exists)
            {
                CheckIn(branch, dispenser);
            }

            if (dispenser["screen"].Exists)
            {
                Screen(branch, dispenser["screen"]);
            }

            if (dispenser["speech"].Exists)
            {
                Spoken(branch, dispenser["speech"]);
            }
        }
    }

    private static void CheckIn(BranchUnderCheck branch, ConfigurationElement dispenser)
    {
        var desk = dispenser["checkIn"];
        if (!desk["keypad"].Exists && !desk["scanner"].Exists)
        {
            branch.Fault(desk.Path, "Nothing can be typed or scanned here. Give it a 'keypad', a 'scanner', or both; or remove 'checkIn'.");
        }

        if (desk["keypad"].Exists && !dispenser["screen"].Exists)
        {
            branch.Fault(desk["keypad"].Path, "People must see what they type. Give the dispenser a 'screen', or leave the keypad out.");
        }

        if (!branch.Root["checkIn"].Exists && !dispenser["buttons"].Items.Any(b => b["ask"].Items.Any()))
        {
            branch.Fault(desk.Path, "The branch takes no bookings, so none can be checked in. Give it a $.checkIn, or remove this.");
        }

        var usual = new CheckInDeskConfiguration();
        var booking = Range(branch, desk["bookingDigits"], usual.BookingDigits);
        var phone = Range(branch, desk["phoneDigits"], usual.PhoneDigits);
        if (booking is var (least, most) && phone is var (leastOfPhone, mostOfPhone) && least <= mostOfPhone && leastOfPhone <= most)
        {
            branch.Fault(
                desk["phoneDigits"].Exists ? desk["phoneDigits"].Path : desk["bookingDigits"].Path,
                $"A number of {Math.Max(least, leastOfPhone)} digits could be a booking's ({least} … {most}) or a phone's ({leastOfPhone} … {mostOfPhone}): they are told apart by length. Move the two apart.");
        }
    }

    private static (int Least, int Most)? Range(BranchUnderCheck branch, ConfigurationElement range, IReadOnlyList<int> usual)
    {
        if (!range.Exists)
        {
            return (usual[0], usual[1]);
        }

        if (range.Items.Select(i => i.Number).ToArray() is not [{ } least, { } most])
        {
            return null; // told already
        }

        if (least > most)
        {
            branch.Fault(range.Path, $"The fewest digits, {least}, are more than the most, {most}.");
            return null;
        }

        return (least, most);
    }

    private static void Screen(BranchUnderCheck branch, ConfigurationElement screen)
    {
        if (screen["address"].Number is { } address and (> 0x27 and < 0x38))
        {
            branch.Fault(screen["address"].Path, $"A PCF8574 answers at 32 … 39 (0x20 … 0x27), a PCF8574A at 56 … 63 (0x38 … 0x3F), neither at {address}.");
        }

        if (TextDisplayKind.Of(screen["chip"].Text) is not { } kind)
        {
            return; // told already
        }

        foreach (var language in branch.Languages.Where(l => !kind.CanWrite(l)))
        {
            var instead = screen["instead"][language];
            if (!instead.Exists)
            {
                branch.Fault(
                    screen.Path,
                    $"A display with {kind.Name} cannot write '{language}'. Say what it shows instead, one of: {Written(branch, kind)}; e.g. \"instead\": {{\"{language}\": \"{branch.Languages.FirstOrDefault(kind.CanWrite) ?? "en"}\"}}.{(Announcements.Languages.Find(language) is null ? "" : $" Where there is 'speech', it is spoken in '{language}' all the same.")}");
            }
            else if (instead.Text is { } shown && !(kind.CanWrite(shown) && branch.Languages.Contains(shown)))
            {
                branch.Fault(instead.Path, $"'{shown}' cannot stand for '{language}': it must be a language of the branch that this display can write: {Written(branch, kind)}.");
            }
        }

        foreach (var (name, where) in screen["instead"].Properties.Where(p => kind.CanWrite(p.Name) || !branch.Languages.Contains(p.Name)))
        {
            branch.Fault(where.Path, $"Nothing has to stand for '{name}': the branch does not have it, or this display can write it. Remove this.");
        }

        foreach (var prefix in branch.Root["services"].Items.Select(s => s["prefix"]).Where(p => !branch.IsTold(p)))
        {
            if (prefix.Text?.FirstOrDefault(c => !TextDisplayKind.CanShow(c)) is { } letter and not '\0')
            {
                branch.Fault(prefix.Path, $"{screen.Path} cannot show '{letter}'. Use letters that it has.");
            }
        }
    }

    private static string Written(BranchUnderCheck branch, TextDisplayKind kind) =>
        branch.Languages.Where(kind.CanWrite).Distinct().ToArray() is { Length: > 0 } some ? string.Join(", ", some) : "none of this branch's, so use another display";

    private static void Spoken(BranchUnderCheck branch, ConfigurationElement speech)
    {
        foreach (var language in branch.Root["languages"].Items.Where(l => l.Text is not null && !branch.IsTold(l) && Announcements.Languages.Find(l.Text) is null))
        {
            branch.Fault(
                language.Path,
                $"{speech.Path} speaks '{language.Text}', for which there are no words. There are for: {string.Join(", ", Announcements.Languages.Codes)}.");
        }
    }
}
