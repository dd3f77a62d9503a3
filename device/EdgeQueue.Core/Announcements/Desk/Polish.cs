namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> Polish => new()
    {
        [DeskPrompt.Welcome] = new("Jest rezerwacja?", "Nr/tel. + Enter", "Jeśli masz rezerwację, wpisz jej numer albo numer telefonu i naciśnij Enter, albo przyłóż kod do czytnika."),
        [DeskPrompt.PressButton] = new("Naciśnij", "przycisk", "Naciśnij przycisk, aby otrzymać bilet."),
        [DeskPrompt.YourNumber] = new("Twój numer:", "", ""),
        [DeskPrompt.Wait] = new("Chwileczkę ...", "", ""),
        [DeskPrompt.Issued] = new("Numer {label}", "Odbierz bilet", "Numer {label}. Odbierz bilet."),
        [DeskPrompt.TimedOut] = new("Czas minął", "Spróbuj ponownie", "Czas minął. Spróbuj ponownie."),
        [DeskPrompt.WrongNumber] = new("Zły numer", "Spróbuj ponownie", "To nie jest numer rezerwacji ani numer telefonu. Spróbuj ponownie."),
        [DeskPrompt.UnknownBooking] = new("Brak rezerwacji", "Pobierz bilet", "Nie znaleziono rezerwacji. Sprawdź numer albo pobierz bilet."),
        [DeskPrompt.SeveralBookings] = new("Kilka rezerwacji", "Podaj numer", "Masz kilka rezerwacji. Wpisz numer tej, o którą chodzi."),
        [DeskPrompt.AlreadyHere] = new("Już zapisano", "Proszę czekać", "Wizyta jest już zgłoszona. Proszę czekać na wezwanie."),
        [DeskPrompt.TooEarly] = new("Za wcześnie", "Przyjdź później", "Jest za wcześnie. Przyjdź krótko przed wizytą."),
        [DeskPrompt.TooLate] = new("Za późno", "Pobierz bilet", "Na tę rezerwację jest za późno. Pobierz bilet."),
        [DeskPrompt.Cancelled] = new("Odwołano", "Pobierz bilet", "Ta rezerwacja została odwołana. Pobierz bilet."),
        [DeskPrompt.NoCheckIn] = new("Teraz niemożliwe", "Pobierz bilet", "Zgłoszenie nie jest teraz możliwe. Pobierz bilet."),
        [DeskPrompt.NoPaper] = new("Brak papieru", "Zapytaj obsługę", "Brak papieru. Zapytaj obsługę."),
        [DeskPrompt.NoTickets] = new("Brak biletów", "Zapytaj obsługę", "Nie można teraz wydać biletu. Zapytaj obsługę."),
        [DeskPrompt.Closed] = new("Zamknięte", "", "Zamknięte."),
        [DeskPrompt.Evacuation] = new("Proszę opuścić", "budynek", ""),
        [DeskPrompt.NotPossible] = new("Niemożliwe", "Zapytaj obsługę", "To nie jest możliwe. Zapytaj obsługę."),
        [DeskPrompt.BookingsOnly] = new("Tylko z terminem", "Zarezerwuj", "Teraz obsługujemy tylko z rezerwacją. Zarezerwuj termin."),
        [DeskPrompt.NoMoreToday] = new("Dziś już nie ma", "Inny dzień", "Na dziś nie ma już biletów do tej usługi. Przyjdź innego dnia."),
        [DeskPrompt.HallFull] = new("Brak miejsca", "Przyjdź później", "Jest za dużo osób. Przyjdź trochę później."),
        [DeskPrompt.HowMany] = new("Ile osób?", "", "Ile osób? Wpisz liczbę i naciśnij Enter."),
        [DeskPrompt.YourPhone] = new("Twój telefon:", "", "Wpisz numer telefonu i naciśnij Enter."),
        [DeskPrompt.YourCase] = new("Numer sprawy:", "", "Wpisz numer sprawy i naciśnij Enter albo przyłóż kod do czytnika."),
    };
}
