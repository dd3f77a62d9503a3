namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    // The soft hyphens are for the voice: Languages/Ukrainian says why.
    private static Dictionary<DeskPrompt, DeskText> Ukrainian => new()
    {
        [DeskPrompt.Welcome] = new("Є запис?", "Номер/тел.+Enter", "Якщо у вас є запис, наберіть його номер або номер телефону і натисніть Enter, або піднесіть код до сканера."),
        [DeskPrompt.PressButton] = new("Натисніть", "кнопку", "Натисніть кнопку, щоб отримати та\u00ADлон."),
        [DeskPrompt.YourNumber] = new("Ваш номер:", "", ""),
        [DeskPrompt.Wait] = new("Хвилинку ...", "", ""),
        [DeskPrompt.Issued] = new("Талон {label}", "Візьміть талон", "Та\u00ADлон {label}. Візьміть та\u00ADлон."),
        [DeskPrompt.TimedOut] = new("Час вийшов", "Почніть знову", "Час вийшов. Почніть знову."),
        [DeskPrompt.WrongNumber] = new("Хибний номер", "Спробуйте знову", "Це не номер запису і не номер телефону. Спробуйте знову."),
        [DeskPrompt.UnknownBooking] = new("Запису немає", "Візьміть талон", "Запис не знайдено. Перевірте номер або візьміть та\u00ADлон."),
        [DeskPrompt.SeveralBookings] = new("Кілька записів", "Введіть номер", "У вас кілька записів. Наберіть номер потрібного запису."),
        [DeskPrompt.AlreadyHere] = new("Вже відмічено", "Чекайте виклику", "Ви вже відмітилися. Чекайте виклику."),
        [DeskPrompt.TooEarly] = new("Ще зарано", "Прийдіть пізніше", "Відмічатися ще рано. Підійдіть незадовго до прийому."),
        [DeskPrompt.TooLate] = new("Запізно", "Візьміть талон", "На цей запис ви запізнилися. Візьміть та\u00ADлон."),
        [DeskPrompt.Cancelled] = new("Запис скасовано", "Візьміть талон", "Цей запис скасовано. Візьміть та\u00ADлон."),
        [DeskPrompt.NoCheckIn] = new("Зараз не можна", "Візьміть талон", "Відмітитися зараз не можна. Візьміть та\u00ADлон."),
        [DeskPrompt.NoPaper] = new("Немає паперу", "Покличте нас", "Закінчився папір. Зверніться до працівників."),
        [DeskPrompt.NoTickets] = new("Талонів немає", "Покличте нас", "Зараз талони не видаються. Зверніться до працівників."),
        [DeskPrompt.Closed] = new("Зачинено", "", "Ми зачинені."),
        [DeskPrompt.Evacuation] = new("Залиште", "будівлю", ""),
        [DeskPrompt.NotPossible] = new("Неможливо", "Покличте нас", "Це неможливо. Зверніться до працівників."),
        [DeskPrompt.BookingsOnly] = new("Лише за записом", "Запишіться", "Зараз лише за записом. Запишіться на прийом."),
        [DeskPrompt.NoMoreToday] = new("На сьогодні все", "Інший день", "На сьогодні талонів на цю послугу більше немає. Приходьте іншого дня."),
        [DeskPrompt.HallFull] = new("Зала заповнена", "Прийдіть пізніше", "Зараз забагато людей. Прийдіть трохи пізніше."),
        [DeskPrompt.HowMany] = new("Скільки вас?", "", "Скільки вас? Наберіть кількість і натисніть Enter."),
        [DeskPrompt.YourPhone] = new("Ваш телефон:", "", "Наберіть номер телефону і натисніть Enter."),
        [DeskPrompt.YourCase] = new("Номер справи:", "", "Наберіть номер справи і натисніть Enter, або піднесіть код до сканера."),
    };
}
